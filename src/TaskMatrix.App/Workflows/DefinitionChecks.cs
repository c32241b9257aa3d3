namespace TaskMatrix.App.Workflows;

/// <summary>Checks that several kinds of definition share.</summary>
internal static class DefinitionChecks
{
    /// <summary>A definition names itself as it is filed, so that a text alone says what it is.</summary>
    public static void RequireId(this YamlMap map, string id)
    {
        if (map.Text("id") is { Length: > 0 } given && given != id)
        {
            map.Problem("id", "definition.id-mismatch", given, id);
        }
    }

    /// <summary>The form, where one is named, is known.</summary>
    public static void RequireForm(this YamlMap map, DefinitionSet known, string member = "form")
    {
        if (map.OptionalText(member) is { } form && !known.Forms.ContainsKey(form))
        {
            map.Problem(member, "definition.unknown-form", form);
        }
    }

    /// <summary>The deadline as written, or the default where it is not given.</summary>
    /// <param name="durationOnly">Times of day and dates are refused.</param>
    public static string Deadline(this YamlMap? map, string member, string otherwise, bool durationOnly = false)
    {
        if (map?.OptionalText(member) is not { } text)
        {
            return otherwise;
        }

        if (Engine.Schedules.Deadline.TryParse(text) is not { } read || (durationOnly && read is not Engine.Schedules.Deadline.Within { AlwaysWorking: false }))
        {
            map.Problem(member, "definition.bad-deadline", text);
        }

        return text;
    }
}
