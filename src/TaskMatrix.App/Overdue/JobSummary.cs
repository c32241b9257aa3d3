using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Overdue;

/// <summary>How a queue stands.</summary>
/// <param name="Due">Whose time has come and that wait to be done.</param>
/// <param name="OldestDue">Since when the first of them waits; null where none does.</param>
/// <param name="Failed">That were tried in vain and will be tried again; <paramref name="Dead"/> were given up.</param>
public sealed record QueueView(int Due, DateTimeOffset? OldestDue, int Failed, int Dead);

/// <summary>The queues of the caller's jurisdiction in figures.</summary>
public static class GetJobSummary
{
    public sealed record Query : IRequest<Result>;

    /// <param name="NextTimer">When the next timer that is not due yet will be; null where none waits.</param>
    public sealed record Result(QueueView Timers, QueueView Deliveries, DateTimeOffset? NextTimer);

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Query, Result>
    {
        public Task<Result> Handle(Query query, CancellationToken ct)
        {
            ScheduleAccess.RequireReader(user.Actor, null);
            return Read(session.Db, user.Actor.Jurisdiction, clock.Now, ct);
        }
    }

    /// <summary>Costs what is due, failed or was set aside, not what waits for its time.</summary>
    internal static async Task<Result> Read(StoreContext db, string place, DateTimeOffset now, CancellationToken ct)
    {
        var timers = db.Timers.AsNoTracking().Where(timer => timer.Jurisdiction == place);
        var due = timers.Where(timer => !timer.SetAside && timer.DueAt <= now);
        var deliveries = db.Deliveries.AsNoTracking().Where(delivery => delivery.Jurisdiction == place);
        var unsent = deliveries.Where(delivery => delivery.State == DeliveryState.Waiting && delivery.DueAt <= now);
        return new Result(
            new QueueView(
                await due.CountAsync(ct), await due.MinAsync(timer => (DateTimeOffset?)timer.DueAt, ct),
                await timers.CountAsync(timer => !timer.SetAside && timer.Attempts > 0, ct), await timers.CountAsync(timer => timer.SetAside, ct)),
            new QueueView(
                await unsent.CountAsync(ct), await unsent.MinAsync(delivery => (DateTimeOffset?)delivery.DueAt, ct),
                await deliveries.CountAsync(JobView.FailedDelivery, ct),
                await deliveries.CountAsync(delivery => delivery.State == DeliveryState.SetAside, ct)),
            await timers.Where(timer => !timer.SetAside && timer.DueAt > now).MinAsync(timer => (DateTimeOffset?)timer.DueAt, ct));
    }
}

/// <summary>Gives everything that failed, or everything that was set aside, another try at once; the oldest first.</summary>
public static class RetryJobs
{
    /// <param name="State">failed or dead.</param>
    public sealed record Command(string State) : IRequest<int>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.State).Must(state => state is "failed" or "dead").WithErrorCode("job.unknown-state");
    }

    internal sealed class Handler(CurrentUser user, IMediator mediator) : IRequestHandler<Command, int>
    {
        /// <returns>How many; no more than a page of the list holds at most.</returns>
        public async Task<int> Handle(Command command, CancellationToken ct)
        {
            var jobs = await mediator.Send(new ListJobs.Query(command.State, new Paging(null, Paging.Most)), ct);
            var mine = jobs.Items.Where(job => job.TaskId is null || user.Actor.Is(Role.Office)).ToList();
            if (!user.Actor.Is(Role.SystemAdministrator))
            {
                ScheduleAccess.RequireOffice(user.Actor);
            }

            foreach (var job in mine)
            {
                await mediator.Send(new RetryJob.Command(job.Id), ct);
            }

            return mine.Count;
        }
    }
}
