using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Overdue;

/// <summary>Fires timers whose time has come: breaches are noted, rungs of the ladder escalate, cut-offs make Missed.</summary>
public static class FireDueTimers
{
    /// <param name="Task">Only the timer of this task; null: whichever are due.</param>
    public sealed record Command(int BatchSize, Guid? Task = null) : IRequest<Result>, ICommand;

    /// <param name="Timers">Rows looked at; as many as asked for means there may be more.</param>
    public sealed record Result(int Timers, int Escalations);

    internal sealed class Handler(Session session, CatalogueSource catalogues, TaskLedger ledger, TaskRows rows, RungInspections inspections, DomainClock clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            var now = clock.Now;
            var timers = await Claim(now, command, ct);
            if (timers.Count == 0)
            {
                return new Result(0, 0);
            }

            var catalogue = await catalogues.Current(session, ct);
            var tasks = (await rows.Load([.. timers.Select(timer => timer.TaskId)], ct)).ToDictionary(task => task.Id);
            var fired = timers.Select(timer => Fire(timer, tasks.GetValueOrDefault(timer.TaskId), catalogue, now)).OfType<TaskInstance>().ToList();
            var escalations = fired.Sum(task => task.Recorded.Count(happened => happened.Event is Escalated));
            await inspections.Act(fired, ct);
            await ledger.CommitAll(fired, ct);
            await session.Db.SaveChangesAsync(ct);
            return new Result(timers.Count, escalations);
        }

        /// <summary>On PostgreSQL another node's timers are passed over.</summary>
        private async Task<List<StoredTimer>> Claim(DateTimeOffset now, Command command, CancellationToken ct)
        {
            var (size, one) = (command.BatchSize, command.Task);
            var timers = session.Db is PostgresStore
                ? session.Db.Timers.FromSql(
                    $"""
                    SELECT * FROM timers WHERE NOT set_aside AND due_at <= {now.UtcTicks} AND ({one}::uuid IS NULL OR task_id = {one})
                    ORDER BY due_at, task_id LIMIT {size} FOR UPDATE SKIP LOCKED
                    """)
                : session.Db.Timers.Where(timer => !timer.SetAside && timer.DueAt <= now && (one == null || timer.TaskId == one))
                    .OrderBy(timer => timer.DueAt).ThenBy(timer => timer.TaskId).Take(size);
            return await timers.AsNoTracking().ToListAsync(ct);
        }

        /// <returns>The task when anything happened to it.</returns>
        private TaskInstance? Fire(StoredTimer timer, TaskInstance? task, Catalogue catalogue, DateTimeOffset now)
        {
            var ladder = task is null ? null : catalogue.Ladder(task.Ladder);
            if (task?.FireTimers(ladder, now) > 0)
            {
                return task;
            }

            if (task?.NextTimer(ladder) is { } next)
            {
                // Its ladder was published anew since the row was written.
                (timer.DueAt, timer.Kind) = (next.At, next.Kind);
                session.Db.Timers.Update(timer);
            }
            else
            {
                session.Db.Timers.Remove(timer);
            }

            return null;
        }
    }
}

/// <summary>A timer that could not be fired waits longer each time and stands aside after several attempts; the others go on.</summary>
public static class SetBackTimer
{
    public sealed record Command(Guid TaskId, string Error) : IRequest<int>, ICommand;

    internal sealed class Handler(Session session, DomainClock clock) : IRequestHandler<Command, int>
    {
        private const int GivesUpAfter = 5;

        /// <returns>How often it has failed; 0 when there is no such timer.</returns>
        public async Task<int> Handle(Command command, CancellationToken ct)
        {
            if (await session.Db.Timers.AsTracking().SingleOrDefaultAsync(timer => timer.TaskId == command.TaskId, ct) is not { } timer)
            {
                return 0;
            }

            (timer.Attempts, timer.LastError) = (timer.Attempts + 1, command.Error);
            (timer.SetAside, timer.DueAt) = (timer.Attempts >= GivesUpAfter, clock.Now + TimeSpan.FromMinutes(Math.Pow(2, timer.Attempts)));
            return timer.Attempts;
        }
    }
}
