using TaskMatrix.Engine.Plans;
using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Duties;

/// <summary>What the office may set in place of an assumption. The document's own words are never touched.</summary>
public static class DutyAssumptions
{
    public static readonly IReadOnlyList<string> Editable =
        ["acknowledge", "due", "schedule.due", "schedule.cron", "schedule.policy", "calendar", "ladder", "levels", "enabled"];

    /// <summary>Neither document knows levels or ladders, so every duty assumes them.</summary>
    private static readonly string[] AlwaysAssumed = ["levels", "ladder"];

    /// <summary>What may be set on a duty that assumes these, in the order of <see cref="Editable"/>.</summary>
    public static IEnumerable<string> FieldsOf(IReadOnlyList<Assumption> assumed) =>
        Editable.Where(field => field is "enabled" || AlwaysAssumed.Contains(field) || assumed.Any(assumption => assumption.Field == field));

    /// <summary>The duty with one value replaced; its assumption then shows the new value.</summary>
    /// <exception cref="RuleBrokenException">
    /// duty.not-an-assumption: the field is the document's, or cannot be edited · deadline.unreadable, duty.bad-value (400)
    /// </exception>
    public static Duty With(this Duty duty, string field, string value)
    {
        Valid(FieldsOf(duty.Assumptions).Contains(field), "duty.not-an-assumption", field);
        var changed = field switch
        {
            "acknowledge" => duty with { AcknowledgeWithin = Duration(value) },
            "due" => duty with { Due = Written(value) },
            "schedule.due" => duty with
            {
                Schedule = Scheduled(duty) with { Due = Written(value) }, Due = duty.Kind == DutyKind.Recurring ? value : duty.Due,
            },
            "schedule.cron" => duty with { Schedule = Scheduled(duty) with { Cron = value } },
            "schedule.policy" => duty with { Schedule = Scheduled(duty) with { Policy = OneOf(value, "all", "latest", "skip") } },
            "calendar" => duty with { Calendar = OneOf(value, Reckoning.Natural, Reckoning.Working) },
            "ladder" => duty with { Ladder = value },
            "levels" => duty with { Levels = ResponseLevels.Parse(value) },
            _ => duty with { Enabled = OneOf(value, "true", "false") == "true" },
        };
        return changed with
        {
            Assumptions = [.. duty.Assumptions.Select(assumption => assumption.Field == field ? assumption with { Value = value } : assumption), .. Unlisted(duty, field, value)],
        };
    }

    /// <summary>They can be set on every duty; one that names its ladder itself does not list it.</summary>
    private static IEnumerable<Assumption> Unlisted(Duty duty, string field, string value) =>
        AlwaysAssumed.Contains(field) && duty.Assumptions.All(assumption => assumption.Field != field) ? [new Assumption(field, value, DutyDefaults.NotInTheText)] : [];

    private static DutySchedule Scheduled(Duty duty) =>
        duty.Schedule ?? throw new RuleBrokenException("duty.bad-value", RuleKind.Invalid, "schedule");

    private static string Written(string value)
    {
        Deadline.Parse(value);
        return value;
    }

    private static string Duration(string value)
    {
        Valid(Deadline.TryParse(value) is Deadline.Within, "duty.bad-value", value);
        return value;
    }

    private static string OneOf(string value, params string[] allowed)
    {
        Valid(allowed.Contains(value), "duty.bad-value", value);
        return value;
    }

    private static void Valid(bool holds, string code, string argument)
    {
        if (!holds)
        {
            throw new RuleBrokenException(code, RuleKind.Invalid, argument);
        }
    }
}
