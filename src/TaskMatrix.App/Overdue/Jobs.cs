using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Overdue;

/// <summary>A timer that waits, failed, or was set aside after several attempts.</summary>
/// <param name="Id">Of the task it watches.</param>
public sealed record JobView(Guid Id, Guid TaskId, string Kind, string State, DateTimeOffset DueAt, int Attempts, string? LastError);

public static class ListJobs
{
    /// <param name="State">due (default): all that wait, the next first · failed: to be tried again · dead: set aside.</param>
    public sealed record Query(string? State, Paging Paging) : IRequest<ListPage<JobView>>;

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(query => query.State).Must(state => state is null or "due" or "failed" or "dead").WithErrorCode("job.unknown-state");
    }

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Query, ListPage<JobView>>
    {
        public async Task<ListPage<JobView>> Handle(Query query, CancellationToken ct)
        {
            ScheduleAccess.RequireReader(user.Actor, null);
            var timers = session.Db.Timers.AsNoTracking().Where(timer => timer.Jurisdiction == user.Actor.Jurisdiction);
            timers = query.State switch
            {
                "failed" => timers.Where(timer => !timer.SetAside && timer.Attempts > 0),
                "dead" => timers.Where(timer => timer.SetAside),
                _ => timers.Where(timer => !timer.SetAside),
            };
            if (query.Paging.After() is { } at)
            {
                var (moment, last) = (new DateTimeOffset(at.Moment, TimeSpan.Zero), Guid.TryParse(at.Key, out var id) ? id : Guid.Empty);
                timers = timers.Where(timer => timer.DueAt > moment || (timer.DueAt == moment && timer.TaskId.CompareTo(last) > 0));
            }

            var rows = await timers.OrderBy(timer => timer.DueAt).ThenBy(timer => timer.TaskId).Take(query.Paging.Size + 1).ToListAsync(ct);
            return query.Paging.Cut(rows, View, timer => (timer.DueAt.UtcTicks, timer.TaskId.ToString()));
        }

        internal static JobView View(StoredTimer timer) =>
            new(timer.TaskId, timer.TaskId, timer.Kind, timer.SetAside ? "dead" : timer.Attempts > 0 ? "failed" : "due", timer.DueAt, timer.Attempts, timer.LastError);
    }
}

/// <summary>Gives a timer that failed or was set aside another try with the next sweep.</summary>
public static class RetryJob
{
    public sealed record Command(Guid Id) : IRequest<JobView>, ICommand;

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Command, JobView>
    {
        public async Task<JobView> Handle(Command command, CancellationToken ct)
        {
            ScheduleAccess.RequireReader(user.Actor, null);
            var timer = await session.Db.Timers.AsTracking()
                .SingleOrDefaultAsync(timer => timer.TaskId == command.Id && timer.Jurisdiction == user.Actor.Jurisdiction, ct)
                ?? throw new NotFoundException("job", command.Id.ToString());
            ScheduleAccess.RequireOffice(user.Actor);
            (timer.SetAside, timer.Attempts, timer.DueAt) = (false, 0, clock.Now);
            return ListJobs.Handler.View(timer);
        }
    }
}
