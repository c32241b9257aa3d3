using TaskMatrix.App.Organisations;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Statistics;

/// <summary>Those who oversee read the figures of the jurisdiction, a unit its own; the three administrators none.</summary>
internal static class StatisticsAccess
{
    /// <returns>The caller's jurisdiction.</returns>
    /// <exception cref="NotFoundException">Another jurisdiction (404).</exception>
    /// <exception cref="RuleBrokenException">statistics.not-allowed (403)</exception>
    public static string Require(Actor actor, string? jurisdiction)
    {
        if ((jurisdiction ?? actor.Jurisdiction) != actor.Jurisdiction)
        {
            throw new NotFoundException("jurisdiction", jurisdiction!);
        }

        return actor.Oversees || actor.Is(Role.Liaison) || actor.Is(Role.Head)
            ? actor.Jurisdiction
            : throw new RuleBrokenException("statistics.not-allowed", RuleKind.Forbidden);
    }
}
