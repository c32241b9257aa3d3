using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.Duties;

namespace TaskMatrix.App.Plans;

/// <summary>Issues the first tasks of every activated plan whose day has come, and sets its schedules; one transaction.</summary>
public static class BeginDuePlans
{
    /// <param name="ActivatedNow">Plan that has only just been activated: its occurrences count from now, not from midnight.</param>
    public sealed record Command(string? ActivatedNow = null) : IRequest<int>, ICommand;

    internal sealed class Handler(
        Session session, CatalogueSource catalogues, DutyIssuer issuer, DutyBeginning beginning, ScheduleWriter schedules, TaskLedger ledger, DomainClock clock)
        : IRequestHandler<Command, int>
    {
        /// <returns>Tasks issued.</returns>
        public async Task<int> Handle(Command command, CancellationToken ct)
        {
            var now = clock.Now;
            var due = await session.Db.Plans.AsTracking()
                .Where(plan => plan.Status == PlanStatus.Active && !plan.Begun && plan.BeginsAt <= now).OrderBy(plan => plan.Id).ToListAsync(ct);
            var issued = 0;
            foreach (var plan in due)
            {
                var from = plan.Id == command.ActivatedNow ? now : plan.BeginsAt!.Value;
                issued += await Begin(plan, await catalogues.Current(session, ct), now, from, ct);
            }

            return issued;
        }

        /// <param name="from">Occurrences later than this are the schedule's, also those that began while nothing ran.</param>
        private async Task<int> Begin(Plan plan, Catalogue catalogue, DateTimeOffset now, DateTimeOffset from, CancellationToken ct)
        {
            var wanted = new List<DutyTask>();
            foreach (var duty in DutyBeginning.InForce(plan, catalogue))
            {
                if (CatchUp.IsLate(from, now))
                {
                    await LeaveToSchedule(duty, plan, catalogue, from, ct);
                }
                else
                {
                    wanted.AddRange(await BeginNow(duty, plan, catalogue, now, from, ct));
                }
            }

            plan.Begun = true;
            var tasks = await issuer.Issue(wanted, catalogue, ct);
            await ledger.CommitAll(tasks, ct);
            await session.Db.SaveChangesAsync(ct);
            return tasks.Count;
        }

        private async Task<IEnumerable<DutyTask>> BeginNow(Duty duty, Plan plan, Catalogue catalogue, DateTimeOffset now, DateTimeOffset from, CancellationToken ct)
        {
            var first = await beginning.FirstTasks(duty, plan, catalogue, now, ct);
            await schedules.Set(duty, plan, catalogue, from, ct);
            await schedules.Began(duty, DutyBeginning.TodaysStarts(duty, plan, catalogue, from).Cast<DateTimeOffset?>().LastOrDefault(), ct);
            return [.. first, .. DutyBeginning.TodaysOccurrence(duty, plan, catalogue, from)];
        }

        /// <summary>What began while nothing ran is the schedule's to catch up with or to skip, all of it.</summary>
        private async Task LeaveToSchedule(Duty duty, Plan plan, Catalogue catalogue, DateTimeOffset from, CancellationToken ct)
        {
            var starts = DutyBeginning.TodaysStarts(duty, plan, catalogue, from).ToList();
            await beginning.FirstTasksFrom(duty, plan, catalogue, from, ct);
            await schedules.Set(duty, plan, catalogue, starts.Count > 0 ? starts[0].AddTicks(-1) : from, ct);
        }
    }
}
