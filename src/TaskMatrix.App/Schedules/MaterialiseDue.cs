using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Plans;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.App.Schedules;

/// <summary>Turns every occurrence of these duties that has begun into tasks, or records why not. Doing it again makes none.</summary>
public static class MaterialiseDue
{
    /// <param name="Duties">Null: all that are due.</param>
    public sealed record Command(IReadOnlyList<string>? Duties = null) : IRequest<Result>, ICommand;

    public sealed record Result(int Created, int Skipped);

    internal sealed class Handler(
        Session session, CatalogueSource catalogues, DutyIssuer issuer, TaskLedger ledger, AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            var due = await Due(command, ct);
            if (due.Count == 0)
            {
                return new Result(0, 0);
            }

            var catalogue = await catalogues.Current(session, ct);
            var ids = due.Select(row => row.Plan).Distinct().ToList();
            var plans = await session.Db.Plans.AsNoTracking().Where(plan => ids.Contains(plan.Id)).ToDictionaryAsync(plan => plan.Id, ct);

            var (wanted, skipped) = (new List<DutyTask>(), new List<SkippedOccurrence>());
            foreach (var row in due)
            {
                Plan(row, plans[row.Plan], catalogue, wanted, skipped);
            }

            skipped = await NotAccounted(skipped, ct);
            await Skip(skipped, catalogue, ct);
            var issued = await issuer.Issue(wanted, catalogue, ct);
            await ledger.CommitAll(issued, ct);
            await session.Db.SaveChangesAsync(ct);
            return new Result(issued.Count, skipped.Count);
        }

        private async Task<List<StoredSchedule>> Due(Command command, CancellationToken ct)
        {
            var now = clock.Now;
            var due = session.Db.Schedules.AsTracking().Where(row => !row.Paused && row.NextAt <= now);
            due = command.Duties is { } ids ? due.Where(row => ids.Contains(row.DutyId)) : due;
            return await due.OrderBy(row => row.NextAt).ThenBy(row => row.DutyId).ToListAsync(ct);
        }

        private void Plan(StoredSchedule row, Plan plan, Catalogue catalogue, List<DutyTask> wanted, List<SkippedOccurrence> skipped)
        {
            if (plan.Status != PlanStatus.Active || catalogue.Duty(row.DutyId) is not { Enabled: true } duty || !duty.AppliesAt(plan.Level))
            {
                (row.NextAt, row.LastResult) = (null, "ended");
                return;
            }

            if (row.Part == StoredSchedule.Beginning)
            {
                Begin(row, duty, plan, catalogue, wanted, skipped);
                return;
            }

            var decisions = CatchUp.Decide(Starts(row, duty, catalogue), row.Policy, clock.Now);
            foreach (var decision in decisions)
            {
                Sort(decision, duty, plan, row, catalogue, wanted, skipped);
            }

            row.LastAt = decisions[^1].Occurrence.Start;
            row.LastResult = decisions[^1].SkippedBecause is { } reason ? $"skipped: {reason}" : "created";
            row.NextAt = ScheduleWriter.Next(row, clock.Now, catalogue);
        }

        /// <summary>Late, its deadlines count from now; when its phase is over by then, it is skipped.</summary>
        private void Begin(StoredSchedule row, Duty duty, Plan plan, Catalogue catalogue, List<DutyTask> wanted, List<SkippedOccurrence> skipped)
        {
            var (start, now) = (row.NextAt!.Value, clock.Now);
            var tasks = DutyTasks.AtBeginning(duty, plan, catalogue, start).Select(task => CatchUp.IsLate(start, now) ? task with { Start = now } : task);
            var over = ScheduleWriter.PhaseEnd(duty, plan, catalogue) <= now;
            (row.LastAt, row.NextAt, row.LastResult) = (start, null, over ? $"skipped: {CatchUp.Unavailable}" : "created");
            if (over)
            {
                skipped.AddRange(tasks.Select(task => Skipped(task, CatchUp.Unavailable)));
            }
            else
            {
                wanted.AddRange(tasks);
            }
        }

        private SkippedOccurrence Skipped(DutyTask task, string reason) => new()
        {
            DutyId = task.Duty.Id, Unit = task.Unit, Activation = task.Activation, Occurrence = task.Occurrence, Reason = reason, SkippedAt = clock.Now,
        };

        private List<PastStart> Starts(StoredSchedule row, Duty duty, Catalogue catalogue)
        {
            var starts = new List<PastStart>();
            for (var start = row.NextAt; start <= clock.Now; start = ScheduleWriter.Next(row, start.Value, catalogue))
            {
                var next = ScheduleWriter.Next(row, start.Value, catalogue);
                var cutOff = DutyTasks.Due(duty, start.Value, catalogue) + TimeSpan.FromDays(1);
                starts.Add(new PastStart(start.Value, next < cutOff ? next.Value : cutOff));
            }

            return starts;
        }

        private void Sort(
            CatchUpDecision decision, Duty duty, Plan plan, StoredSchedule row, Catalogue catalogue,
            List<DutyTask> wanted, List<SkippedOccurrence> skipped)
        {
            var start = decision.Occurrence.Start;
            var tasks = DutyTasks.Occurrence(duty, plan, catalogue, start, ScheduleWriter.Next(row, start, catalogue))
                .Select(task => task with { LateAt = decision.Late ? clock.Now : null }).ToList();
            if (decision.SkippedBecause is { } reason)
            {
                skipped.AddRange(tasks.Select(task => Skipped(task, reason)));
            }
            else
            {
                wanted.AddRange(tasks);
            }
        }

        /// <summary>Without those that became tasks or were skipped before, so that looking at a window again changes nothing.</summary>
        private async Task<List<SkippedOccurrence>> NotAccounted(List<SkippedOccurrence> skipped, CancellationToken ct)
        {
            if (skipped.Count == 0)
            {
                return skipped;
            }

            var duties = skipped.Select(skip => skip.DutyId).Distinct().ToList();
            var occurrences = skipped.Select(skip => skip.Occurrence).Distinct().ToList();
            var known = (await TaskQueries.Keys(session.Db, duties, occurrences, ct)).ToHashSet();
            known.UnionWith((await session.Db.SkippedOccurrences.AsNoTracking()
                .Where(skip => duties.Contains(skip.DutyId) && occurrences.Contains(skip.Occurrence)).ToListAsync(ct)).Select(Key));
            return skipped.FindAll(skip => known.Add(Key(skip)));
        }

        private static (string, string, string, string) Key(SkippedOccurrence skip) => (skip.DutyId, skip.Unit, skip.Occurrence, skip.Activation);

        /// <summary>One entry a unit and duty, however many occurrences were skipped.</summary>
        private async Task Skip(List<SkippedOccurrence> skipped, Catalogue catalogue, CancellationToken ct)
        {
            session.Db.SkippedOccurrences.AddRange(skipped);
            await audit.Append(
                [.. skipped.GroupBy(skip => (skip.DutyId, skip.Unit, skip.Reason)).Select(group =>
                {
                    var place = catalogue.Duty(group.Key.DutyId)!.Jurisdiction;
                    return new AuditDraft(
                        place, group.Key.Unit, clock.Now, catalogue.Reckoning(place).Zone, Actor.Scheduler(place), "skip-occurrences",
                        new Dictionary<string, object?> { ["duty"] = group.Key.DutyId, ["reason"] = group.Key.Reason, ["occurrences"] = group.Select(skip => skip.Occurrence).ToList() });
                })],
                ct);
        }
    }
}
