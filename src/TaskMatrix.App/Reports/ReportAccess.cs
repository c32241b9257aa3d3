using TaskMatrix.App.Duties;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Reports;

/// <summary>Who reads the reports of a day: those who oversee and those who sum up all of them, a unit its own.</summary>
internal static class ReportAccess
{
    /// <returns>The caller's jurisdiction.</returns>
    /// <exception cref="NotFoundException">Another jurisdiction (404).</exception>
    /// <exception cref="RuleBrokenException">report.not-allowed (403): the three administrators see no reports.</exception>
    public static string RequireReader(Actor actor, string? jurisdiction)
    {
        if ((jurisdiction ?? actor.Jurisdiction) != actor.Jurisdiction)
        {
            throw new NotFoundException("jurisdiction", jurisdiction!);
        }

        Require(actor.Oversees || actor.Is(Role.Liaison) || actor.Is(Role.Head));
        return actor.Jurisdiction;
    }

    /// <exception cref="RuleBrokenException">report.not-allowed (403)</exception>
    public static void RequireOffice(Actor actor) => Require(actor.Is(Role.Office));

    /// <summary>The office, or the unit that is its office by the plan.</summary>
    /// <exception cref="RuleBrokenException">report.not-allowed (403)</exception>
    public static void RequireSummarizer(Actor actor) => Require(MaySumUp(actor));

    public static bool MaySumUp(Actor actor) => actor.Is(Role.Office) || actor.ActsFor(Actor.OfficeUnit);

    /// <summary>Whose report is nobody else's matter reads only the own one.</summary>
    public static bool ReadsAll(Actor actor, Catalogue catalogue, IEnumerable<Duty> duties) =>
        actor.Oversees || actor.ActsFor(Actor.OfficeUnit)
        || ((actor.Is(Role.Liaison) || actor.Is(Role.Head)) && CollectingDuties.Collects(catalogue, duties, actor.Unit));

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new RuleBrokenException("report.not-allowed", RuleKind.Forbidden);
        }
    }
}
