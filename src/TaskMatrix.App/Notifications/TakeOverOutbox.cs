using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Notifications;

/// <summary>Messages whose minute is over get a delivery for each channel of their recipient.</summary>
public static class TakeOverOutbox
{
    public sealed record Command(int BatchSize) : IRequest<Result>, ICommand;

    /// <param name="Messages">Looked at; as many as asked for means there may be more.</param>
    public sealed record Result(int Messages, int Deliveries);

    internal sealed class Handler(Session session, DomainClock clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            var messages = await Claim(command.BatchSize, ct);
            var channels = await ChannelsOf(messages, ct);
            var held = await StillHeld([.. messages.Where(message => channels.Contains(Key(message)))], ct);
            var deliveries = 0;
            foreach (var message in messages)
            {
                (message.OutboxAt, message.Gathering) = (null, null);
                if (!held.Contains(message.Id))
                {
                    deliveries += Deliver(message, channels[Key(message)]);
                }
            }

            return new Result(messages.Count, deliveries);
        }

        private static (string, string) Key(Message message) => (message.Jurisdiction, Recipient.ChannelOf(message.Address));

        private async Task<List<Message>> Claim(int size, CancellationToken ct)
        {
            var now = clock.Now;
            var messages = session.Db is PostgresStore
                ? session.Db.Messages.FromSql($"SELECT * FROM messages WHERE outbox_at <= {now.UtcTicks} ORDER BY outbox_at LIMIT {size} FOR UPDATE SKIP LOCKED")
                : session.Db.Messages.Where(message => message.OutboxAt <= now).OrderBy(message => message.OutboxAt).Take(size);
            return await messages.AsTracking().ToListAsync(ct);
        }

        private async Task<ILookup<(string, string), Channel>> ChannelsOf(List<Message> messages, CancellationToken ct)
        {
            var places = messages.Select(message => message.Jurisdiction).Distinct().ToList();
            var addresses = messages.Select(message => Recipient.ChannelOf(message.Address)).Distinct().ToList();
            var channels = messages.Count == 0 ? [] : await session.Db.Channels.AsNoTracking()
                .Where(channel => places.Contains(channel.Jurisdiction) && addresses.Contains(channel.Address)).ToListAsync(ct);
            return channels.ToLookup(channel => (channel.Jurisdiction, channel.Address));
        }

        /// <summary>What a rung said of tasks that have all left their unit meanwhile is not sent any more.</summary>
        private async Task<HashSet<Guid>> StillHeld(List<Message> messages, CancellationToken ct)
        {
            var rungs = messages.FindAll(message => NoticeKind.OfLadder(message.Kind));
            var ids = rungs.SelectMany(message => message.TaskIds).Distinct().ToList();
            var waiting = ids.Count == 0 ? [] : (await session.Db.Tasks.AsNoTracking().Where(task => ids.Contains(task.Id))
                .Select(task => new { task.Id, task.State }).ToListAsync(ct)).Where(task => TaskStates.WithUnit.Contains(task.State)).Select(task => task.Id).ToHashSet();
            return [.. rungs.Where(message => !message.TaskIds.Any(waiting.Contains)).Select(message => message.Id)];
        }

        private int Deliver(Message message, IEnumerable<Channel> channels)
        {
            var deliveries = channels.Select(channel => new Delivery
            {
                Id = Guid.CreateVersion7(clock.Now), MessageId = message.Id, ChannelId = channel.Id, Jurisdiction = message.Jurisdiction,
                Address = message.Address, Kind = channel.Kind, Shown = channel.Shown, DueAt = clock.Now,
            }).ToList();
            session.Db.Deliveries.AddRange(deliveries);
            return deliveries.Count;
        }
    }
}
