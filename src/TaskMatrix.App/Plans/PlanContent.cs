using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Plans;

namespace TaskMatrix.App.Plans;

/// <summary>A plan and its text cut into sections and clauses.</summary>
public sealed record PlanContent(PlanDefinition Definition, PlanDocument Document)
{
    public string Id => Definition.Id;

    /// <exception cref="Engine.TaskInstances.RuleBrokenException">plan.section-not-found (400)</exception>
    public static PlanContent Read(PlanDefinition plan, IReadOnlyList<OrganisationUnit> units) =>
        new(plan, ClauseReader.Read(plan.Text, plan.Headings?.Select(h => (h.Id, h.Text, h.Duties)).ToList(), units));

    /// <param name="units">Units of the plan's jurisdiction.</param>
    public Coverage CoverageBy(IReadOnlyList<Duty> duties, IReadOnlyList<NoDuty> exempt, IReadOnlyList<OrganisationUnit> units) =>
        Coverage.Of(Document, duties, exempt, units, [.. Definition.Names.Select(name => (name.Name, name.Why))]);
}
