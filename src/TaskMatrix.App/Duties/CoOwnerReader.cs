using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;

namespace TaskMatrix.App.Duties;

/// <summary>Reads the units beside the lead and expands classes of them.</summary>
internal static class CoOwnerReader
{
    /// <returns>
    /// Named units first, then those of classes; no unit twice. A class never brings in a lead; in a collective duty a lead may be
    /// named, for it stands beside the others.
    /// </returns>
    public static IReadOnlyList<CoOwner> Read(YamlMap duty, DutyContext context, IReadOnlyList<string> leads)
    {
        var (named, ofClasses) = (new List<CoOwner>(), new List<CoOwner>());
        foreach (var map in duty.OptionalMaps("coOwners"))
        {
            map.Only("unit", "class", "role", "wording");
            var (role, wording) = (map.OneOf("role", CoOwner.Roles), Wording(map, context));
            if (map.Has("class") && !map.Has("unit"))
            {
                ofClasses.AddRange(context.UnitsOfClass(map, "class").Except(leads).Select(unit => new CoOwner(unit, role, wording)));
            }
            else if (Named(map, context, leads, named) is { } unit)
            {
                named.Add(new CoOwner(unit, role, wording));
            }
        }

        return [.. named.Concat(ofClasses).DistinctBy(co => co.Unit)];
    }

    private static string? Named(YamlMap map, DutyContext context, IReadOnlyList<string> leads, List<CoOwner> named)
    {
        if (map.Has("class"))
        {
            map.Problem("class", "definition.misplaced-member", "class", "unit");
        }

        var unit = context.UnitNamed(map, "unit");
        if (unit is not null && (leads is [var lead] && lead == unit || named.Exists(co => co.Unit == unit)))
        {
            map.Problem("unit", "definition.duplicate-owner", unit);
        }

        return unit;
    }

    private static string Wording(YamlMap map, DutyContext context)
    {
        var wording = map.OptionalText("wording") ?? "";
        if (!context.Plan.Document.Text.Contains(wording, StringComparison.Ordinal))
        {
            map.Problem("wording", "definition.wording-not-found", wording);
        }

        return wording;
    }
}
