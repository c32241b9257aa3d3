using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Duties;

/// <summary>责任矩阵: units × duties, with RACI letters and how the tasks stand.</summary>
public static class GetMatrix
{
    /// <param name="Plan">Null: the active plan of the jurisdiction, the newest if there are several.</param>
    /// <param name="AsOf">How the tasks stood then, from the record; null: now, and so is a moment that is still to come.</param>
    public sealed record Query(string? Jurisdiction, string? Plan, DateTimeOffset? AsOf = null) : IRequest<Result>;

    /// <param name="AsOf">The moment that was asked for; null: now. The duties are those of now in any case.</param>
    public sealed record Result(string? Plan, IReadOnlyList<MatrixUnit> Units, IReadOnlyList<MatrixRow> Rows, DateTimeOffset? AsOf = null);

    public sealed record MatrixUnit(string Id, string Name, string English);

    /// <param name="Cells">By unit id; units that have nothing to do with the duty are left out.</param>
    public sealed record MatrixRow(
        string DutyId, string Title, string English, string Section, DutyKind Kind, IReadOnlyDictionary<string, MatrixCell> Cells);

    /// <param name="Raci">Letters in the order RACI: R, A, C, I.</param>
    /// <param name="Overdue">Of those open or missed, the late ones.</param>
    public sealed record MatrixCell(string Raci, int Open, int Overdue, int Closed, Light Light);

    /// <summary>Tasks of one duty and unit, as far as the light needs to know.</summary>
    /// <param name="Rework">Returned, or given back by the office; <paramref name="Pausing"/>: drafts and suspended ones.</param>
    internal sealed record CellCount(int Open, int Late, int Closed, int Rework, int Warned, int Pausing)
    {
        public MatrixCell ToCell() => new("", Open, Late, Closed, this switch
        {
            { Late: > 0 } => Light.Red,
            { Rework: > 0 } => Light.Yellow,
            { Warned: > 0 } => Light.Blue,
            _ when Open > Pausing => Light.Green,
            { Open: 0, Closed: > 0 } => Light.Green,
            _ => Light.Grey,
        });
    }

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock) : IRequestHandler<Query, Result>
    {
        private static readonly TaskState[] Pausing = [TaskState.Draft, TaskState.Suspended];

        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var actor = user.Actor;
            var jurisdiction = query.Jurisdiction ?? actor.Jurisdiction;
            if (jurisdiction != actor.Jurisdiction || !PlanAccess.MayRead(actor))
            {
                throw new NotFoundException("jurisdiction", jurisdiction);
            }

            var set = (await catalogues.Current(session.Db, ct)).Set;
            var units = set.UnitsOf(jurisdiction);
            var plan = await Plan(query.Plan, jurisdiction, ct);
            var asOf = query.AsOf < clock.Now ? query.AsOf : null;
            var figures = asOf is { } moment ? await new MatrixThen(session.Db, user.Actor).Figures(plan, moment, ct) : await Figures(plan, ct);
            return new Result(
                plan, [.. units.Select(unit => new MatrixUnit(unit.Id, unit.Name, unit.English))],
                [.. set.DutiesOf(plan ?? "").Select(duty => Row(duty, units, figures))], asOf);
        }

        private async Task<string?> Plan(string? asked, string jurisdiction, CancellationToken ct)
        {
            if (asked is not null)
            {
                return (await PlanAccess.Load(session, user.Actor, asked, ct)).Id;
            }

            var plans = await session.Db.Plans.AsNoTracking().Where(plan => plan.Jurisdiction == jurisdiction)
                .Select(plan => new { plan.Id, plan.Status, plan.IssuedOn }).ToListAsync(ct);
            return plans.OrderByDescending(plan => plan.Status == PlanStatus.Active).ThenByDescending(plan => plan.IssuedOn).FirstOrDefault()?.Id;
        }

        /// <summary>A unit sees its own figures; those who oversee see all. What is finished has been counted already.</summary>
        private async Task<Dictionary<(string, string), MatrixCell>> Figures(string? plan, CancellationToken ct)
        {
            var closed = (await Closed(plan, ct)).ToDictionary(one => (one.Duty, one.LeadUnit), one => one.Closed);
            var live = (await Live(plan, ct)).ToDictionary(one => (one.Duty, one.LeadUnit));
            return closed.Keys.Union(live.Keys).ToDictionary(
                key => key,
                key => Count(live.GetValueOrDefault(key) ?? new LiveFigures(key.Duty, key.LeadUnit, 0, 0, 0, 0, 0), closed.GetValueOrDefault(key)).ToCell());
        }

        private sealed record LiveFigures(string Duty, string LeadUnit, int Open, int Late, int Rework, int Warned, int Pausing);

        private static CellCount Count(LiveFigures live, int closed) => new(live.Open, live.Late, closed, live.Rework, live.Warned, live.Pausing);

        private Task<List<LiveFigures>> Live(string? plan, CancellationToken ct)
        {
            var (actor, now) = (user.Actor, clock.Now);
            var open = TaskStates.Open.ToArray();
            var withUnit = TaskStates.WithUnit.ToArray();
            return session.Db.Tasks.AsNoTracking()
                .Where(task => task.Jurisdiction == actor.Jurisdiction && task.Plan == plan && EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LiveDue) != null && task.Duty != null && (actor.Oversees || task.LeadUnit == actor.Unit))
                .GroupBy(task => new { task.Duty, task.LeadUnit })
                .Select(group => new LiveFigures(
                    group.Key.Duty!,
                    group.Key.LeadUnit,
                    group.Count(task => open.Contains(task.State)),
                    group.Count(task => EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LateSince) != null),
                    group.Count(task => task.State == TaskState.Returned || (task.InRework && task.State == TaskState.InProgress)),
                    group.Count(task => withUnit.Contains(task.State) && EF.Property<DateTimeOffset?>(task, TaskInstanceTable.BlueFrom) <= now),
                    group.Count(task => Pausing.Contains(task.State))))
                .ToListAsync(ct);
        }

        private async Task<List<(string Duty, string LeadUnit, int Closed)>> Closed(string? plan, CancellationToken ct)
        {
            var actor = user.Actor;
            var rows = await session.Db.Tallies.AsNoTracking()
                .Where(tally => tally.Jurisdiction == actor.Jurisdiction && tally.Part == TaskTally.Leads && tally.Plan == (plan ?? "") && tally.Duty != "" && (actor.Oversees || tally.Unit == actor.Unit))
                .GroupBy(tally => new { tally.Duty, tally.LeadUnit })
                .Select(group => new { group.Key.Duty, group.Key.LeadUnit, Closed = group.Sum(tally => tally.State == TaskState.Closed ? tally.Count : 0), All = group.Sum(tally => tally.Count) })
                .ToListAsync(ct);
            return [.. rows.Where(row => row.All > 0).Select(row => (row.Duty, row.LeadUnit, row.Closed))];
        }

        private static MatrixRow Row(Duty duty, IReadOnlyList<OrganisationUnit> units, Dictionary<(string, string), MatrixCell> figures)
        {
            var cells = new Dictionary<string, MatrixCell>();
            foreach (var unit in units)
            {
                var letters = Letters(duty, unit.Id);
                var known = figures.GetValueOrDefault((duty.Id, unit.Id));
                if (letters.Length > 0 || known is not null)
                {
                    cells[unit.Id] = (known ?? new MatrixCell("", 0, 0, 0, Light.Grey)) with { Raci = letters };
                }
            }

            return new MatrixRow(duty.Id, duty.Title, duty.English, duty.Clause.Section, duty.Kind, cells);
        }

        private static string Letters(Duty duty, string unit) =>
            (duty.Raci.Responsible.Contains(unit) ? "R" : "") + (duty.Raci.Accountable.Contains(unit) ? "A" : "")
            + (duty.Raci.Consulted.Contains(unit) ? "C" : "") + (duty.Raci.Informed.Contains(unit) ? "I" : "");
    }
}
