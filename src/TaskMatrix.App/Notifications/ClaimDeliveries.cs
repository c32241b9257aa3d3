using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Notifications;

/// <summary>A delivery to be attempted now, with what it takes.</summary>
public sealed record Parcel(Delivery Delivery, Message Message, Channel Channel);

/// <summary>Takes due deliveries for this node: until the lease ends no other one attempts them.</summary>
public static class ClaimDeliveries
{
    /// <summary>A node that has not settled an attempt by then counts as gone, and the delivery is attempted again.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public sealed record Command(int BatchSize) : IRequest<IReadOnlyList<Parcel>>, ICommand;

    internal sealed class Handler(Session session, DomainClock clock) : IRequestHandler<Command, IReadOnlyList<Parcel>>
    {
        public async Task<IReadOnlyList<Parcel>> Handle(Command command, CancellationToken ct)
        {
            var due = await Claim(command.BatchSize, ct);
            if (due.Count == 0)
            {
                return [];
            }

            var (messageIds, channelIds) = (due.ConvertAll(one => one.MessageId), due.ConvertAll(one => one.ChannelId));
            var messages = await session.Db.Messages.AsNoTracking().Where(message => messageIds.Contains(message.Id)).ToDictionaryAsync(message => message.Id, ct);
            var channels = await session.Db.Channels.AsNoTracking().Where(channel => channelIds.Contains(channel.Id)).ToDictionaryAsync(channel => channel.Id, ct);
            var parcels = new List<Parcel>();
            foreach (var delivery in due)
            {
                if (channels.TryGetValue(delivery.ChannelId, out var channel) && messages.TryGetValue(delivery.MessageId, out var message))
                {
                    (delivery.Attempts, delivery.DueAt) = (delivery.Attempts + 1, clock.Now + Lease);
                    parcels.Add(new Parcel(delivery, message, channel));
                }
                else
                {
                    (delivery.State, delivery.DueAt) = (DeliveryState.Withdrawn, clock.Now);
                }
            }

            return parcels;
        }

        private async Task<List<Delivery>> Claim(int size, CancellationToken ct)
        {
            var now = clock.Now;
            var due = session.Db is PostgresStore
                ? session.Db.Deliveries.FromSql(
                    $"SELECT * FROM deliveries WHERE state = 'Waiting' AND due_at <= {now.UtcTicks} ORDER BY due_at, id LIMIT {size} FOR UPDATE SKIP LOCKED")
                : session.Db.Deliveries.Where(one => one.State == DeliveryState.Waiting && one.DueAt <= now).OrderBy(one => one.DueAt).ThenBy(one => one.Id).Take(size);
            return await due.AsTracking().ToListAsync(ct);
        }
    }
}
