using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Plans;

/// <summary>Every role of a jurisdiction that has to do with tasks reads its plans; the office and leaders act on them.</summary>
internal static class PlanAccess
{
    public static bool MayRead(Actor actor) =>
        actor.Oversees || actor.Is(Role.Liaison) || actor.Is(Role.Head);

    public static async Task<Plan> Load(Session session, Actor actor, string id, CancellationToken ct)
    {
        var plan = await session.Db.Plans.AsTracking().SingleOrDefaultAsync(plan => plan.Id == id, ct);
        return plan is not null && plan.Jurisdiction == actor.Jurisdiction && MayRead(actor) ? plan : throw new NotFoundException("plan", id);
    }

    public static void RequireOfficeOrLeader(Actor actor)
    {
        if (!actor.Is(Role.Office) && !actor.Is(Role.Leader) && !actor.Is(Role.Scheduler))
        {
            throw new RuleBrokenException("plan.not-allowed", RuleKind.Forbidden);
        }
    }

    public static void RequireOffice(Actor actor)
    {
        if (!actor.Is(Role.Office))
        {
            throw new RuleBrokenException("plan.not-allowed", RuleKind.Forbidden);
        }
    }

    public static void Require(bool holds, string code, params object[] arguments)
    {
        if (!holds)
        {
            throw new RuleBrokenException(code, RuleKind.Conflict, arguments);
        }
    }
}
