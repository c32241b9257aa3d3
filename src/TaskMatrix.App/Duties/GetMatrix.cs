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
    /// <param name="Missed">Of the overdue ones, those not reported by their cut-off: they are not among the open ones.</param>
    public sealed record MatrixCell(string Raci, int Open, int Overdue, int Closed, Light Light, int Missed)
    {
        public Standing ToStanding() => new(Open, Overdue, Closed, Light, Missed);

        internal static MatrixCell Of(string raci, Standing standing) => new(raci, standing.Open, standing.Overdue, standing.Closed, standing.Light, standing.Missed);
    }

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var actor = user.Actor;
            var jurisdiction = query.Jurisdiction ?? actor.Jurisdiction;
            if (jurisdiction != actor.Jurisdiction || !PlanAccess.MayRead(actor))
            {
                throw new NotFoundException("jurisdiction", jurisdiction);
            }

            var set = (await catalogues.Current(session, ct)).Set;
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
        private async Task<Dictionary<(string, string), Standing>> Figures(string? plan, CancellationToken ct)
        {
            var actor = user.Actor;
            var live = await session.Db.Tasks.AsNoTracking().Live()
                .Where(task => task.Jurisdiction == actor.Jurisdiction && task.Plan == plan && task.Duty != null && (actor.Oversees || task.LeadUnit == actor.Unit))
                .GroupBy(task => new { task.Duty, task.LeadUnit }).CountLive(clock.Now, ct);
            var counts = live.ToDictionary(group => (group.Key.Duty!, group.Key.LeadUnit), group => group.Value);
            foreach (var (duty, unit, closed) in await Closed(plan, ct))
            {
                counts[(duty, unit)] = counts.GetValueOrDefault((duty, unit), TaskCounts.None) with { Closed = closed };
            }

            return counts.ToDictionary(count => count.Key, count => count.Value.ToStanding());
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

        private static MatrixRow Row(Duty duty, IReadOnlyList<OrganisationUnit> units, Dictionary<(string, string), Standing> figures)
        {
            var cells = new Dictionary<string, MatrixCell>();
            foreach (var unit in units)
            {
                var letters = duty.Raci.LettersOf(unit.Id);
                var known = figures.GetValueOrDefault((duty.Id, unit.Id));
                if (letters.Length > 0 || known is not null)
                {
                    cells[unit.Id] = MatrixCell.Of(letters, known ?? Standing.Nothing);
                }
            }

            return new MatrixRow(duty.Id, duty.Title, duty.English, duty.Clause.Section, duty.Kind, cells);
        }
    }
}
