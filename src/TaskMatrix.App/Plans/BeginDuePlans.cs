using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;

namespace TaskMatrix.App.Plans;

/// <summary>Issues the first tasks of every activated plan whose day has come, and sets its schedules; one transaction.</summary>
public static class BeginDuePlans
{
    /// <param name="ActivatedNow">Plan that has only just been activated: its occurrences count from now, not from midnight.</param>
    public sealed record Command(string? ActivatedNow = null) : IRequest<int>, ICommand;

    internal sealed class Handler(
        Session session, CatalogueSource catalogues, DutyIssuer issuer, ScheduleWriter schedules, TaskLedger ledger, DomainClock clock)
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
                issued += await Begin(plan, await catalogues.Current(session.Db, ct), now, from, ct);
            }

            return issued;
        }

        /// <param name="from">Occurrences later than this are the schedule's, also those that began while nothing ran.</param>
        private async Task<int> Begin(Plan plan, Catalogue catalogue, DateTimeOffset now, DateTimeOffset from, CancellationToken ct)
        {
            var wanted = new List<DutyTask>();
            foreach (var duty in catalogue.Set.DutiesOf(plan.Id).Where(duty => duty.Enabled))
            {
                wanted.AddRange(FirstTasks(duty, plan, catalogue, now));
                wanted.AddRange(TodaysOccurrence(duty, plan, catalogue, from));
                await schedules.Set(duty, plan, catalogue, from, ct);
            }

            plan.Begun = true;
            var tasks = await issuer.Issue(wanted, catalogue, ct);
            await ledger.CommitAll(tasks, ct);
            await session.Db.SaveChangesAsync(ct);
            return tasks.Count;
        }

        /// <summary>A duty of a later phase waits for it.</summary>
        private IEnumerable<DutyTask> FirstTasks(Duty duty, Plan plan, Catalogue catalogue, DateTimeOffset now)
        {
            if (duty.Kind is not (DutyKind.OneOff or DutyKind.Standing))
            {
                return [];
            }

            if (ScheduleWriter.PhaseStart(duty, plan, catalogue) is { } start && start > now)
            {
                schedules.SetBeginning(duty, plan, start);
                return [];
            }

            return DutyTasks.AtBeginning(duty, plan, catalogue, now);
        }

        /// <summary>The occurrence of the day of activation, where it has begun and its due time is still ahead.</summary>
        private static IEnumerable<DutyTask> TodaysOccurrence(Duty duty, Plan plan, Catalogue catalogue, DateTimeOffset now)
        {
            if (duty is not { Kind: DutyKind.Recurring, Schedule: { } schedule }
                || (ScheduleWriter.PhaseStart(duty, plan, catalogue) is { } phase && phase > now))
            {
                return [];
            }

            var reckoning = catalogue.Reckoning(duty.Jurisdiction);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(reckoning.Zone);
            var midnight = reckoning.Moment(reckoning.LocalDate(now), TimeOnly.MinValue);
            var cron = Cron.Parse(schedule.Cron);
            return cron.Between(midnight.AddTicks(-1), now, zone).Where(start => DutyTasks.Due(duty, start, catalogue) > now)
                .SelectMany(start => DutyTasks.Occurrence(duty, plan, catalogue, start, cron.Next(start, zone)));
        }
    }
}
