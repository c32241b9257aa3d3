using TaskMatrix.App.Plans;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using YamlDotNet.RepresentationModel;

namespace TaskMatrix.App.Duties;

/// <summary>What the duties of one file are read against.</summary>
/// <param name="Definition">Id of the file.</param>
/// <param name="Unit">The unit that leads every duty of the file; null where each names its own.</param>
internal sealed record DutyContext(DefinitionSet Known, PlanContent Plan, string Definition, int Version, string? Unit)
{
    public string Jurisdiction => Plan.Definition.Jurisdiction;

    /// <summary>In the order of the jurisdiction.</summary>
    public IReadOnlyList<OrganisationUnit> Units { get; } = Known.UnitsOf(Plan.Definition.Jurisdiction);

    /// <summary>Units of the class a member names; none, with the problem told, when there is no such class.</summary>
    public IReadOnlyList<string> UnitsOfClass(YamlMap map, string member) => UnitsOfClass(map, member, map.Text(member));

    public IReadOnlyList<string> UnitsOfClass(YamlMap map, string member, string name)
    {
        var units = Units.Where(unit => unit.ClosedAt is null && unit.Classes.Contains(name)).Select(unit => unit.Id).ToList();
        if (units.Count == 0 && name.Length > 0)
        {
            map.Problem(member, "definition.unknown-class", name);
        }

        return units;
    }

    /// <summary>A unit by its id; null, with the problem told, when there is none.</summary>
    public string? UnitNamed(YamlMap map, string member) =>
        map.Text(member) is { Length: > 0 } id && Units.All(unit => unit.Id != id) ? Unknown(map, member, id) : map.OptionalText(member);

    /// <summary>Units by their ids, without those that are unknown.</summary>
    public IReadOnlyList<string> UnitsListed(YamlMap map, string member)
    {
        var listed = map.Scalars(member);
        foreach (var unknown in listed.Where(id => Units.All(unit => unit.Id != id.Value)))
        {
            map.Problems.Add(unknown, "definition.unknown-unit", unknown.Value!, Jurisdiction);
        }

        return [.. Units.Select(unit => unit.Id).Where(id => listed.Any((YamlScalarNode given) => given.Value == id))];
    }

    private string? Unknown(YamlMap map, string member, string id)
    {
        map.Problem(member, "definition.unknown-unit", id, Jurisdiction);
        return null;
    }
}
