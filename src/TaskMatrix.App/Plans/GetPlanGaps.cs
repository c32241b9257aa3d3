using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Plans;

namespace TaskMatrix.App.Plans;

/// <summary>What a derived plan takes over from the plan above, leaves out and adds.</summary>
public static class GetPlanGaps
{
    public sealed record Query(string PlanId) : IRequest<Result>;

    /// <param name="Parent">Jurisdiction above, and its plan.</param>
    public sealed record Result(
        string Plan, string PlanTitle, string Parent, string ParentPlan, string ParentTitle, string Unit,
        IReadOnlyList<Mapped> Mapped, IReadOnlyList<LeftOut> LeftOut, IReadOnlyList<DutyName> Own);

    public sealed record DutyName(string Id, string Title, string English, IReadOnlyList<string> Units);

    public sealed record Mapped(string ParentDuty, string Title, string English, IReadOnlyList<DutyName> Duties);

    /// <param name="ConcernsUnit">The plan above gives the duty to this very unit, alone or with others.</param>
    public sealed record LeftOut(string ParentDuty, string Title, string English, string Section, string Quote, bool ConcernsUnit);

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var set = (await catalogues.Current(session, ct)).Set;
            var plan = await session.Db.Plans.AsNoTracking().SingleOrDefaultAsync(plan => plan.Id == query.PlanId, ct);
            if (plan?.ParentPlan is null || set.Plan(plan.ParentPlan) is not { } above || set.Jurisdiction(plan.Jurisdiction) is not { ParentUnit: { } unit } place
                || !MayRead(user.Actor, place))
            {
                throw new NotFoundException("plan", query.PlanId);
            }

            var gaps = PlanGaps.Between(set.DutiesOf(above.Id), set.DutiesOf(plan.Id), unit);
            return new Result(
                plan.Id, plan.Title, place.Parent!, above.Id, above.Definition.Title, unit,
                [.. gaps.Mapped.Select(one => new Mapped(one.Parent.Id, one.Parent.Title, one.Parent.English, [.. one.Duties.Select(duty => Name(duty, set))]))],
                [.. gaps.LeftOut.Select(one => new LeftOut(
                    one.Parent.Id, one.Parent.Title, one.Parent.English, one.Parent.Clause.Section, one.Parent.Clause.Quote, one.ConcernsUnit))],
                [.. gaps.Own.Select(duty => Name(duty, set))]);
        }

        private static DutyName Name(Duty duty, DefinitionSet set) =>
            new(duty.Id, duty.Title, duty.English, [.. duty.LeadUnits.Select(unit => set.Unit(duty.Jurisdiction, unit)?.Name ?? unit)]);

        /// <summary>The area itself; above it those who oversee the plan it was made from, and the unit whose area it is.</summary>
        private static bool MayRead(Actor actor, Jurisdiction place) =>
            (actor.Jurisdiction == place.Id && PlanAccess.MayRead(actor))
            || (actor.Jurisdiction == place.Parent && PlanFamily.MayKnow(actor, place));
    }
}

/// <summary>The plans that units made from a plan.</summary>
public static class ListDerivedPlans
{
    public sealed record Query(string PlanId) : IRequest<IReadOnlyList<View>>;

    public sealed record View(string Plan, string Title, PlanStatus Status, string Jurisdiction, string JurisdictionName, string Unit);

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues) : IRequestHandler<Query, IReadOnlyList<View>>
    {
        public async Task<IReadOnlyList<View>> Handle(Query query, CancellationToken ct)
        {
            var actor = user.Actor;
            await PlanAccess.Load(session, actor, query.PlanId, ct);
            var set = (await catalogues.Current(session, ct)).Set;
            var plans = await session.Db.Plans.AsNoTracking().Where(plan => plan.ParentPlan == query.PlanId).OrderBy(plan => plan.Id).ToListAsync(ct);
            return [.. plans.Select(plan => (Plan: plan, Place: set.Jurisdiction(plan.Jurisdiction)))
                .Where(one => PlanFamily.MayKnow(actor, one.Place))
                .Select(one => new View(one.Plan.Id, one.Plan.Title, one.Plan.Status, one.Place!.Id, one.Place.Name, one.Place.ParentUnit!))];
        }
    }
}
