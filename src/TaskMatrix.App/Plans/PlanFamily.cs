using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Plans;

/// <summary>Shows plans with the one each was made from and those that were made from it.</summary>
internal sealed class PlanFamily(Session session, Catalogue catalogue, Actor actor)
{
    public async Task<IReadOnlyList<PlanView>> Of(IReadOnlyList<Plan> plans, DateTimeOffset now, CancellationToken ct)
    {
        var (ids, parents) = (plans.Select(plan => plan.Id).ToList(), plans.Select(plan => plan.ParentPlan).OfType<string>().ToList());
        var related = await session.Db.Plans.AsNoTracking().Where(plan => ids.Contains(plan.ParentPlan!) || parents.Contains(plan.Id)).OrderBy(plan => plan.Id).ToListAsync(ct);
        return [.. plans.Select(plan => PlanView.Of(plan, catalogue, now) with
        {
            DerivedFrom = related.Where(other => other.Id == plan.ParentPlan).Select(Short).FirstOrDefault(),
            DerivedPlans = [.. related.Where(other => other.ParentPlan == plan.Id && MayKnow(actor, catalogue.Set.Jurisdiction(other.Jurisdiction))).Select(Short)],
        })];
    }

    /// <summary>Those who oversee the plan it was made from, and the unit whose area it is.</summary>
    public static bool MayKnow(Actor actor, Jurisdiction? place) =>
        place is { ParentUnit: { } unit } && (actor.Is(Role.Office) || actor.Is(Role.Leader) || actor.Is(Role.Inspector) || actor.ActsFor(unit));

    private static RelatedPlan Short(Plan plan) => new(plan.Id, plan.Title, plan.Status);
}
