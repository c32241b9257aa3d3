using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Notifications;

namespace TaskMatrix.App.Notifications;

/// <summary>The channels of the caller's jurisdiction, by recipient.</summary>
public static class ListChannels
{
    public sealed record Query : IRequest<Result>;

    /// <param name="Sends">Whether anything leaves this installation: an exercise keeps its messages unless configured otherwise.</param>
    /// <param name="Mail">Whether a mail server is configured.</param>
    public sealed record Result(IReadOnlyList<ChannelView> Channels, bool Sends, bool Mail);

    internal sealed class Handler(Session session, CurrentUser user, AppOptions options) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            ChannelAccess.Require(user.Actor);
            var place = user.Actor.Jurisdiction;
            var channels = await session.Db.Channels.AsNoTracking().Where(channel => channel.Jurisdiction == place)
                .OrderBy(channel => channel.Address).ThenBy(channel => channel.Id).ToListAsync(ct);
            return new Result([.. channels.Select(ChannelView.Of)], !options.Exercise || options.Notifications.SendInExercise, options.Notifications.Smtp is not null);
        }
    }
}

/// <summary>Takes a channel away; what is on its way through it and has not arrived is withdrawn.</summary>
public static class RemoveChannel
{
    public sealed record Command(Guid Id) : IRequest<ChannelView>, ICommand;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, AuditWriter audit, DomainClock clock) : IRequestHandler<Command, ChannelView>
    {
        public async Task<ChannelView> Handle(Command command, CancellationToken ct)
        {
            var channel = await ChannelAccess.Load(session, user.Actor, command.Id, ct);
            session.Db.Channels.Remove(channel);
            await audit.Append([await ChannelRecord.Entry(channel, "remove-channel", user.Actor, catalogues, session, clock.Now, ct)], ct);
            return ChannelView.Of(channel);
        }
    }
}

/// <summary>Sends a message that says it is a test through one channel alone; whether it arrived stands with the jobs.</summary>
public static class TestChannel
{
    /// <param name="DeliveryId">Of the job.</param>
    public sealed record Result(Guid DeliveryId);

    public sealed record Command(Guid Id) : IRequest<Result>, ICommand;

    internal sealed class Handler(Session session, CurrentUser user, AppOptions options, DomainClock clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            var channel = await ChannelAccess.Load(session, user.Actor, command.Id, ct);
            if (options.Exercise && !options.Notifications.SendInExercise)
            {
                throw new Engine.TaskInstances.RuleBrokenException("channel.exercise-stays", Engine.TaskInstances.RuleKind.Conflict);
            }

            var (id, now) = (Guid.CreateVersion7(clock.Now), clock.Now);
            // For no inbox: the address is nobody's.
            session.Db.Messages.Add(new Message
            {
                Id = id, Jurisdiction = channel.Jurisdiction, Address = $"channel:{channel.Id}", Kind = NoticeKind.ChannelTest, At = now, VisibleFrom = now, Count = 1, Exercise = options.Exercise,
            });
            var delivery = new Delivery
            {
                Id = Guid.CreateVersion7(now), MessageId = id, ChannelId = channel.Id, Jurisdiction = channel.Jurisdiction, Address = channel.Address, Kind = channel.Kind,
                Shown = channel.Shown, DueAt = now,
            };
            session.Db.Deliveries.Add(delivery);
            return new Result(delivery.Id);
        }
    }
}
