using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Plans;

namespace TaskMatrix.App.Duties;

/// <summary>Reads what a duty says it assumes, and adds every default that was used.</summary>
internal static class AssumptionReader
{
    private const string OfWith = "with.";

    private static readonly string[] Fields =
    [
        "acknowledge", "due", "schedule.cron", "schedule.due", "schedule.policy", "kind", "event", "process", "phase", "calendar", "ladder",
        "enabled", "levels", "unit", "units", "owner", "coOwners", "raci", "clause", "register",
    ];

    /// <param name="read">The duty with all its values, its assumptions still missing.</param>
    public static IReadOnlyList<Assumption> Read(YamlMap map, Duty read)
    {
        var listed = map.OptionalMaps("assumptions").Select(one => Listed(one.Only("field", "why"), read)).ToList();
        var used = DefaultsUsed(map, read.Kind).Where(field => listed.TrueForAll(one => one.Field != field));
        return [.. listed, .. used.Select(field => new Assumption(field, ValueOf(field, read), DutyDefaults.NotInTheText))];
    }

    private static Assumption Listed(YamlMap map, Duty read)
    {
        var field = map.Text("field");
        if (field.Length > 0 && !Fields.Contains(field) && !(field.StartsWith(OfWith, StringComparison.Ordinal) && read.With.ContainsKey(field[OfWith.Length..])))
        {
            map.Problem("field", "definition.bad-enum", field, string.Join(", ", Fields.Append("with.…")));
        }

        return new Assumption(field, ValueOf(field, read), map.Text("why"));
    }

    private static IEnumerable<string> DefaultsUsed(YamlMap map, DutyKind kind)
    {
        var schedule = map.OptionalMap("schedule");
        // An occurrence is accepted with its duty, so nothing is assumed about acknowledging it.
        var used = new (string Field, bool Used)[]
        {
            ("acknowledge", kind != DutyKind.Recurring && !map.Has("acknowledge")),
            ("due", kind != DutyKind.Recurring && !map.Has("due")),
            ("schedule.cron", kind == DutyKind.Standing && schedule?.Has("cron") != true),
            ("schedule.due", kind is DutyKind.Standing or DutyKind.Recurring && schedule?.Has("due") != true),
            ("ladder", !map.Has("ladder")),
            // Neither document grades the response.
            ("levels", !map.Has("levels")),
        };
        return used.Where(one => one.Used).Select(one => one.Field);
    }

    /// <summary>Null for an interpretation, which has no value of its own.</summary>
    private static string? ValueOf(string field, Duty duty) => field switch
    {
        "acknowledge" => duty.AcknowledgeWithin,
        "due" => duty.Due,
        "schedule.cron" => duty.Schedule?.Cron,
        "schedule.due" => duty.Schedule?.Due,
        "schedule.policy" => duty.Schedule?.Policy,
        "kind" => DutyReader.Kinds.First(kind => kind.Value == duty.Kind).Key,
        "event" => duty.Event,
        "process" => duty.Process,
        "phase" => duty.Phase,
        "calendar" => duty.Calendar,
        "ladder" => duty.Ladder,
        "enabled" => duty.Enabled ? "true" : "false",
        "levels" => ResponseLevels.Write(duty.Levels),
        "unit" or "owner" => duty.LeadUnits is [var lead] ? lead : null,
        "register" => duty.Register?.Name,
        "units" => duty.UnitClass ?? string.Join("、", duty.LeadUnits),
        _ => field.StartsWith(OfWith, StringComparison.Ordinal) && duty.With.TryGetValue(field[OfWith.Length..], out var value) ? string.Join("、", value) : null,
    };
}
