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
    public sealed record Command(int BatchSize) : IRequest<Result>, ICommand;

    /// <param name="Timers">Rows looked at; as many as asked for means there may be more.</param>
    public sealed record Result(int Timers, int Escalations, IReadOnlyList<Guid> Failed);

    internal sealed class Handler(Session session, CatalogueSource catalogues, TaskLedger ledger, DomainClock clock) : IRequestHandler<Command, Result>
    {
        private const int GivesUpAfter = 5;

        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            var now = clock.Now;
            var timers = await Claim(now, command.BatchSize, ct);
            if (timers.Count == 0)
            {
                return new Result(0, 0, []);
            }

            var catalogue = await catalogues.Current(session.Db, ct);
            var ids = timers.Select(timer => timer.TaskId).ToList();
            var tasks = await session.Db.Tasks.AsTracking().Where(task => ids.Contains(task.Id)).ToDictionaryAsync(task => task.Id, ct);
            var (fired, failed) = (new List<TaskInstance>(), new List<Guid>());
            foreach (var timer in timers)
            {
                Fire(timer, tasks.GetValueOrDefault(timer.TaskId), catalogue, now, fired, failed);
            }

            var escalations = fired.Sum(task => task.Recorded.Count(happened => happened.Event is Escalated));
            await ledger.CommitAll(fired, ct);
            await session.Db.SaveChangesAsync(ct);
            return new Result(timers.Count, escalations, failed);
        }

        /// <summary>On PostgreSQL another node's timers are passed over.</summary>
        private async Task<List<StoredTimer>> Claim(DateTimeOffset now, int size, CancellationToken ct)
        {
            var timers = session.Db is PostgresStore
                ? session.Db.Timers.FromSql(
                    $"SELECT * FROM timers WHERE NOT set_aside AND due_at <= {now.UtcTicks} ORDER BY due_at, task_id LIMIT {size} FOR UPDATE SKIP LOCKED")
                : session.Db.Timers.Where(timer => !timer.SetAside && timer.DueAt <= now).OrderBy(timer => timer.DueAt).ThenBy(timer => timer.TaskId).Take(size);
            return await timers.AsTracking().ToListAsync(ct);
        }

        /// <summary>A task that cannot be fired waits and, after several attempts, stands aside; the others go on.</summary>
        private void Fire(StoredTimer timer, TaskInstance? task, Catalogue catalogue, DateTimeOffset now, List<TaskInstance> fired, List<Guid> failed)
        {
            try
            {
                if (task?.FireTimers(catalogue.Ladder(task.Ladder), now) > 0)
                {
                    fired.Add(task);
                }
                else
                {
                    session.Db.Timers.Remove(timer);
                }
            }
            catch (Exception broken)
            {
                session.Db.Entry(task!).State = EntityState.Detached;
                timer.Attempts++;
                timer.LastError = broken.Message;
                timer.SetAside = timer.Attempts >= GivesUpAfter;
                timer.DueAt = now + TimeSpan.FromMinutes(Math.Pow(2, timer.Attempts));
                failed.Add(timer.TaskId);
            }
        }
    }
}
