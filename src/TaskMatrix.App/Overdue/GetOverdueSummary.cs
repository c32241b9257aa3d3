using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Overdue;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Overdue;

/// <summary>What is late and how long, by unit, duty and section, who was late again and again, and which reports say the same every time. A unit sees its own.</summary>
public static class GetOverdueSummary
{
    public sealed record Query : IRequest<Result>;

    /// <param name="AskedForHelp">Units whose proposal of a coordination meeting is open.</param>
    /// <param name="Repeated">Late <see cref="OftenFrom"/> times or more within <see cref="LateDays"/> days, whether finished since or not.</param>
    /// <param name="Identical">The same words of one unit on one duty, <see cref="SameFrom"/> times or more within <see cref="TextDays"/> days.</param>
    public sealed record Result(DateTimeOffset At, OverdueDesk Late, IReadOnlyList<string> AskedForHelp, IReadOnlyList<RepeatedlyLate> Repeated, IReadOnlyList<IdenticalTexts> Identical)
    {
        /// <summary>Of the duties that are named, by their ids.</summary>
        public required IReadOnlyDictionary<string, DutyTitle> Duties { get; init; }
    }

    public sealed record DutyTitle(string Title, string English);

    /// <param name="Overdue">Tasks whose due time passed.</param>
    /// <param name="Unacknowledged">Tasks whose time to acknowledge passed.</param>
    public sealed record RepeatedlyLate(string Unit, int Overdue, int Unacknowledged);

    public sealed record IdenticalTexts(string Unit, string Duty, string Text, int Times);

    /// <summary>Days that are looked back over, and from how many on it is told.</summary>
    public const int LateDays = 30, OftenFrom = 3, TextDays = 14, SameFrom = 3;

    private const int MostTexts = 50;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock) : IRequestHandler<Query, Result>
    {
        /// <exception cref="NotFoundException">The caller has nothing to do with tasks.</exception>
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var actor = user.Actor;
            if (!actor.Oversees && !actor.Is(Role.Liaison) && !actor.Is(Role.Head))
            {
                throw new NotFoundException("overdue", actor.Jurisdiction);
            }

            var own = actor.Oversees ? null : actor.Unit;
            var tasks = session.Db.Tasks.AsNoTracking().Where(task => task.Jurisdiction == actor.Jurisdiction && (own == null || task.LeadUnit == own));
            var (late, identical) = (OverdueDesk.Of(await Late(tasks, ct), clock.Now), await Identical(tasks, ct));
            return new Result(clock.Now, late, await AskingForHelp(own, ct), await Repeated(tasks, ct), identical)
            {
                Duties = await Titles([.. late.ByDuty.Select(group => group.Key), .. identical.Select(same => same.Duty)], ct),
            };
        }

        private async Task<Dictionary<string, DutyTitle>> Titles(IEnumerable<string> duties, CancellationToken ct)
        {
            var catalogue = await catalogues.Current(session, ct);
            return duties.Distinct().Select(catalogue.Duty).OfType<Engine.Duties.Duty>().ToDictionary(duty => duty.Id, duty => new DutyTitle(duty.Title, duty.English));
        }

        private async Task<List<LateTask>> Late(IQueryable<TaskInstance> tasks, CancellationToken ct)
        {
            var now = clock.Now;
            var catalogue = await catalogues.Current(session, ct);
            var rows = await tasks.Where(task => EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LateSince) <= now)
                .Select(task => new
                {
                    task.LeadUnit, task.Duty, Since = EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LateSince), task.State, task.AcknowledgedAt, task.AcknowledgeRequired,
                    task.Extensions, task.PendingExtension, task.CoUnits,
                }).ToListAsync(ct);
            return rows.ConvertAll(row => new LateTask(
                row.LeadUnit, row.Duty, row.Duty is null ? null : catalogue.Duty(row.Duty)?.Clause.Section, row.Since!.Value, row.AcknowledgeRequired && row.AcknowledgedAt is null,
                row.Extensions > 0 || row.PendingExtension is not null, row.State is TaskState.Suspended,
                row.State is TaskState.Returned || row.CoUnits.Any(co => co.MustConfirm && co.ConfirmedAt is null), row.State is TaskState.Missed));
        }

        private async Task<IReadOnlyList<string>> AskingForHelp(string? own, CancellationToken ct)
        {
            var place = user.Actor.Jurisdiction;
            return await session.Db.Meetings.AsNoTracking()
                .Where(meeting => meeting.Jurisdiction == place && (meeting.State == MeetingState.Proposed || meeting.State == MeetingState.Called) && (own == null || meeting.ProposedByUnit == own))
                .Select(meeting => meeting.ProposedByUnit).Distinct().OrderBy(unit => unit).ToListAsync(ct);
        }

        private async Task<IReadOnlyList<RepeatedlyLate>> Repeated(IQueryable<TaskInstance> tasks, CancellationToken ct)
        {
            var from = clock.Now.AddDays(-LateDays);
            var overdue = await Counts(tasks.Where(task => task.OverdueSince > from), ct);
            var unacknowledged = await Counts(tasks.Where(task => task.AckBreachedAt > from), ct);
            return
            [
                .. overdue.Keys.Union(unacknowledged.Keys).Select(unit => new RepeatedlyLate(unit, overdue.GetValueOrDefault(unit), unacknowledged.GetValueOrDefault(unit)))
                    .Where(unit => Math.Max(unit.Overdue, unit.Unacknowledged) >= OftenFrom)
                    .OrderByDescending(unit => unit.Overdue).ThenByDescending(unit => unit.Unacknowledged).ThenBy(unit => unit.Unit, StringComparer.Ordinal),
            ];
        }

        private static Task<Dictionary<string, int>> Counts(IQueryable<TaskInstance> tasks, CancellationToken ct) =>
            tasks.GroupBy(task => task.LeadUnit).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);

        /// <summary>无情况 may be the same every day; work that was done may not.</summary>
        private async Task<IReadOnlyList<IdenticalTexts>> Identical(IQueryable<TaskInstance> tasks, CancellationToken ct)
        {
            var from = clock.Now.AddDays(-TextDays);
            var same = await tasks.Where(task => task.SubmittedAt > from && task.Duty != null && task.ReportText != null && task.ReportText != "" && task.Outcome == Outcome.Done)
                .GroupBy(task => new { task.LeadUnit, task.Duty, task.ReportText }).Where(group => group.Count() >= SameFrom)
                .Select(group => new { group.Key.LeadUnit, group.Key.Duty, group.Key.ReportText, Times = group.Count() })
                .OrderByDescending(group => group.Times).ThenBy(group => group.LeadUnit).ThenBy(group => group.Duty).Take(MostTexts).ToListAsync(ct);
            return [.. same.Select(group => new IdenticalTexts(group.LeadUnit, group.Duty!, group.ReportText!, group.Times))];
        }
    }
}
