using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Plans;

namespace TaskMatrix.App.Plans;

/// <summary>Reads the plan of a seed file and holds what it says about the document against the document.</summary>
internal static class PlanReader
{
    /// <param name="root">The seed, which lists the foreign names beside the plan.</param>
    /// <returns>Null, with the problem told, when there is no document to cut.</returns>
    public static PlanDefinition? Read(YamlMap plan, YamlMap root, string jurisdiction, Func<string, string> document)
    {
        plan.Only("id", "title", "english", "number", "issuedOn", "document", "sections", "phases");
        if (plan.Date("issuedOn") is not { } issuedOn)
        {
            plan.Problem("issuedOn", "yaml.missing", "issuedOn");
            return null;
        }

        return Document(plan, document) is { } text && Headings(plan, text) is var headings && headings.Count == plan.OptionalMaps("sections").Count
            ? new PlanDefinition(
                plan.Text("id"), jurisdiction, plan.Text("title"), plan.Text("english"), plan.OptionalText("number") ?? "", issuedOn, text,
                headings.Count > 0 ? headings : null, Phases(plan, issuedOn, text), Names(root, text))
            : null;
    }

    private static string? Document(YamlMap plan, Func<string, string> document)
    {
        var name = plan.Text("document");
        try
        {
            return name.Length > 0 ? document(name) : null;
        }
        catch (Exception e) when (e is IOException or ArgumentException or KeyNotFoundException)
        {
            plan.Problem("document", "plan.document-not-readable", name, e.Message);
            return null;
        }
    }

    /// <summary>Only those that stand in the text, each after the one before.</summary>
    private static List<PlanHeading> Headings(YamlMap plan, string document)
    {
        var (headings, from) = (new List<PlanHeading>(), 0);
        foreach (var section in plan.OptionalMaps("sections"))
        {
            var heading = new PlanHeading(section.Only("id", "text", "duties").Text("id"), section.Text("text"), section.Flag("duties", false));
            var start = document.IndexOf(heading.Text, from, StringComparison.Ordinal);
            if (start < 0 || headings.Exists(other => other.Id == heading.Id))
            {
                section.Problem(start < 0 ? "text" : "id", start < 0 ? "plan.section-not-found" : "plan.duplicate-section", start < 0 ? heading.Text : heading.Id);
                continue;
            }

            headings.Add(heading);
            from = start + heading.Text.Length;
        }

        return headings;
    }

    private static List<PlanPhase> Phases(YamlMap plan, DateOnly issuedOn, string document)
    {
        int? Day(DateOnly? date) => date?.DayNumber - issuedOn.DayNumber;
        var phases = new List<PlanPhase>();
        foreach (var phase in plan.OptionalMaps("phases"))
        {
            phase.Only("id", "title", "english", "from", "until", "quote");
            RequireWording(phase, "quote", document);
            phases.Add(new PlanPhase(phase.Text("id"), phase.Text("title"), phase.Text("english"), Day(phase.Date("from")), Day(phase.Date("until")), phase.Text("quote")));
        }

        return phases;
    }

    private static List<ForeignName> Names(YamlMap root, string document)
    {
        var names = root.OptionalMaps("names");
        foreach (var name in names)
        {
            RequireWording(name.Only("name", "why"), "name", document);
        }

        return [.. names.Select(name => new ForeignName(name.Text("name"), name.Text("why")))];
    }

    private static void RequireWording(YamlMap map, string member, string document)
    {
        if (map.Text(member) is { Length: > 0 } wording && !document.Contains(wording, StringComparison.Ordinal))
        {
            map.Problem(member, "definition.wording-not-found", wording);
        }
    }
}
