using TaskMatrix.App.Organisations;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Audit;

/// <summary>Who reads the record as a whole: the audit administrator and inspectors, each of their own jurisdiction.</summary>
public static class AuditAccess
{
    public static bool MayRead(Actor actor) => actor.Is(Role.AuditAdministrator) || actor.Is(Role.Inspector);

    /// <returns>The caller's jurisdiction.</returns>
    /// <exception cref="RuleBrokenException">audit.not-allowed (403)</exception>
    /// <exception cref="NotFoundException">Another jurisdiction (404).</exception>
    public static string Require(Actor actor, string? jurisdiction = null)
    {
        if (!MayRead(actor))
        {
            throw new RuleBrokenException("audit.not-allowed", RuleKind.Forbidden);
        }

        return (jurisdiction ?? actor.Jurisdiction) == actor.Jurisdiction ? actor.Jurisdiction : throw new NotFoundException("jurisdiction", jurisdiction!);
    }
}
