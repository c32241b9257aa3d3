namespace TaskMatrix.App.Workflows;

/// <summary>Tells from a text alone which definition it is.</summary>
internal static class DefinitionNaming
{
    public static string? IdOf(DefinitionSet current, YamlMap root) => (root.OptionalText("id"), root.OptionalText("plan")) switch
    {
        ({ } id, _) when root.Has("steps") => id,
        ({ } id, _) when root.Has("rungs") => DefinitionKinds.Ladders + id,
        ({ } id, _) when root.Has("years") => DefinitionKinds.Calendars + id,
        (_, { }) when root.Has("duties") => OfDuties(current, root),
        (_, { } plan) when root.Has("clauses") => current.Plan(plan) is { } known ? known.Definition.Jurisdiction + DefinitionKinds.NoDuties : null,
        _ => root.Has("kinds") ? DefinitionKinds.Events : null,
    };

    /// <summary>The definition that holds the first of the duties already, else the one its id would stand in.</summary>
    private static string? OfDuties(DefinitionSet current, YamlMap root)
    {
        var first = root.OptionalMaps("duties").Select(duty => duty.OptionalText("id")).OfType<string>().FirstOrDefault();
        return first is null ? null : current.Duty(first)?.Definition ?? (first.LastIndexOf('.') is var end and > 0 ? first[..end] : null);
    }
}
