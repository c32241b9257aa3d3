namespace TaskMatrix.App.Workflows;

/// <summary>Kinds of definition, in the order in which they refer to each other.</summary>
internal enum DefinitionKind
{
    Calendar,
    Ladder,
    Form,
    Events,
    Seed,
    Process,
    Duties,
    NoDuties,
}

/// <summary>What a definition is, told by its id; see <see cref="DefinitionFile"/>.</summary>
internal static class DefinitionKinds
{
    public const string Calendars = "calendars.", Ladders = "escalations.", Forms = "forms.", Seeds = "seed.", Events = "events", NoDuties = ".no-duty";

    public static DefinitionKind Of(string id) => id switch
    {
        Events => DefinitionKind.Events,
        _ when Starts(id, Calendars) => DefinitionKind.Calendar,
        _ when Starts(id, Ladders) => DefinitionKind.Ladder,
        _ when Starts(id, Forms) => DefinitionKind.Form,
        _ when Starts(id, Seeds) => DefinitionKind.Seed,
        _ when !id.Contains('.') => DefinitionKind.Process,
        _ when id.EndsWith(NoDuties, StringComparison.Ordinal) => DefinitionKind.NoDuties,
        _ => DefinitionKind.Duties,
    };

    /// <summary>The part of an id that the definition names itself by.</summary>
    public static string NameIn(string id) => Of(id) is DefinitionKind.Process or DefinitionKind.Events ? id : id[(id.IndexOf('.') + 1)..];

    private static bool Starts(string id, string prefix) => id.StartsWith(prefix, StringComparison.Ordinal);
}
