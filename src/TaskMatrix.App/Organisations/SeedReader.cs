using TaskMatrix.App.Plans;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Organisations;

/// <summary>Reads a seed file: a jurisdiction with its units and its plan.</summary>
internal static class SeedReader
{
    /// <param name="document">Text of a document by its name in the seed.</param>
    /// <returns>Null, with the problem told, when there is no jurisdiction or its plan cannot be cut.</returns>
    public static DefinitionSet? Read(YamlMap root, DefinitionSet known, Func<string, string> document)
    {
        root.Only("jurisdiction", "plan", "contacts", "names", "units");
        if (Jurisdiction(root, known) is not { } jurisdiction)
        {
            return null;
        }

        var units = UnitReader.Read(root, jurisdiction.Id);
        var set = known with { Jurisdictions = known.Jurisdictions.Add(jurisdiction), Units = known.Units.AddRange(units) };
        if (root.OptionalMap("plan") is not { } plan)
        {
            return set;
        }

        return PlanReader.Read(plan, root, jurisdiction.Id, document) is { } read
            ? set with { Plans = set.Plans.Add(PlanContent.Read(read with { Contacts = PlanContacts.Read(root, read.Text, units) }, units)) }
            : null;
    }

    private static Jurisdiction? Jurisdiction(YamlMap root, DefinitionSet known)
    {
        if (root.Map("jurisdiction")?.Only("id", "name", "english", "zone", "calendar", "numberPrefix") is not { } map)
        {
            return null;
        }

        var read = new Jurisdiction(
            map.Text("id"), map.Text("name"), map.Text("english"), map.Text("zone"), map.Text("calendar"), map.Text("numberPrefix"));
        if (known.Jurisdiction(read.Id) is not null)
        {
            map.Problem("id", "seed.duplicate-jurisdiction", read.Id);
        }

        if (map.Has("zone") && !TimeZoneInfo.TryFindSystemTimeZoneById(read.Zone, out _))
        {
            map.Problem("zone", "seed.unknown-zone", read.Zone);
        }

        if (map.Has("calendar") && !known.Calendars.ContainsKey(read.Calendar))
        {
            map.Problem("calendar", "definition.unknown-calendar", read.Calendar);
        }

        return read;
    }
}
