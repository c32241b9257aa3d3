using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Plans;

/// <summary>The units of a new area: leading group, its office and the government always, then those that were named.</summary>
internal static class AreaUnits
{
    public const string LeadingGroup = "leading-group", Government = "town-government";

    /// <summary>Class of the units that were named for the area, 各单位; of the government where none was.</summary>
    public const string Own = "all-units";

    /// <exception cref="Engine.TaskInstances.RuleBrokenException">unit.bad-id (400) · unit.name-taken (409)</exception>
    public static IReadOnlyList<OrganisationUnit> Of(DerivePlan.Command command, Jurisdiction place, OrganisationUnit above)
    {
        var named = command.Units;
        DerivePlan.AreaUnit[] always =
        [
            new(LeadingGroup, "领导小组", "Leading Group"), new(Actor.OfficeUnit, "领导小组办公室", "Leading Group Office"),
            new(Government, above.Aliases.FirstOrDefault(alias => alias.EndsWith("政府", StringComparison.Ordinal)) ?? above.Name, above.English),
        ];
        var units = new List<OrganisationUnit>();
        foreach (var one in always.Where(one => named.All(given => given.Id != one.Id)).Concat(named))
        {
            var unit = new OrganisationUnit(
                place.Id, one.Id, units.Count + 1, one.Name, one.English ?? "", [], [.. (one.Classes ?? []).Concat(IsOwn(one, named) ? [Own] : []).Distinct()],
                UnitRules.DefaultPosts(one.Name, one.English ?? "")) { Added = true };
            UnitRules.CheckId(unit.Id);
            UnitRules.CheckNames(unit, units);
            units.Add(unit);
        }

        return units;
    }

    private static bool IsOwn(DerivePlan.AreaUnit unit, IReadOnlyList<DerivePlan.AreaUnit> named) =>
        named.All(IsGovernance) ? unit.Id == Government : named.Contains(unit) && !IsGovernance(unit);

    private static bool IsGovernance(DerivePlan.AreaUnit unit) => unit.Id is LeadingGroup or Actor.OfficeUnit or Government;
}
