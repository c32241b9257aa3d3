using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Reads the catalogue of events.</summary>
internal static class EventCatalogueReader
{
    public static IReadOnlyList<EventKind> Read(YamlMap root, DefinitionSet known)
    {
        var kinds = new List<EventKind>();
        foreach (var map in root.Only("kinds").Maps("kinds"))
        {
            var kind = Kind(map.Only("id", "title", "english", "raisedBy", "form", "urgent", "assumption"), known);
            if (kinds.Exists(other => other.Id == kind.Id))
            {
                map.Problem("id", "definition.duplicate-event", kind.Id);
            }

            kinds.Add(kind);
        }

        return kinds;
    }

    private static EventKind Kind(YamlMap map, DefinitionSet known)
    {
        var raisers = map.Scalars("raisedBy");
        foreach (var raiser in raisers.Where(raiser => !EventKind.Raisers.Contains(raiser.Value)))
        {
            map.Problems.Add(raiser, "definition.bad-enum", raiser.Value!, string.Join(", ", EventKind.Raisers));
        }

        if (raisers.Count == 0)
        {
            map.Problem("raisedBy", "yaml.missing", "raisedBy");
        }

        map.RequireForm(known);
        return new EventKind(
            map.Text("id"), map.Text("title"), map.Text("english"), [.. raisers.Select(raiser => raiser.Value!)],
            map.OptionalText("form"), map.OptionalText("assumption"), map.Flag("urgent", false));
    }
}
