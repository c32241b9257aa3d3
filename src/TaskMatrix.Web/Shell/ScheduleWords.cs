using TaskMatrix.Engine.Duties;
using TaskMatrix.Web.Organisations;
using TaskMatrix.Web.Workflows;
using Written = TaskMatrix.Engine.Schedules.Deadline;

namespace TaskMatrix.Web.Shell;

/// <summary>Cadences, deadlines and whatever else duties assume, in words where there are simple ones.</summary>
public sealed class ScheduleWords(Texts texts, TimeWords times, DefinitionWords names, Visit visit)
{
    /// <summary>每天 08:00 or 每周五 08:00; what says more stays as written.</summary>
    public string Cadence(string cron) => cron.Split(' ') switch
    {
        [var minute, var hour, "*", "*", "*"] when Clock(hour, minute) is { } at => texts["cadence.daily", at],
        [var minute, var hour, "*", "*", [>= '0' and <= '7'] day] when Clock(hour, minute) is { } at =>
            texts["cadence.weekly", texts[$"weekday.{(day[0] - '0') % 7}"], at],
        [var minute, var hour, "*", "*", "1-5"] when Clock(hour, minute) is { } at => texts["cadence.weekdays", at],
        _ => cron,
    };

    /// <summary>3 天 for P3D, 3 个工作日 for 3 working days; times of day stay as written.</summary>
    public string Deadline(string text) => Written.TryParse(text) switch
    {
        Written.Within { AlwaysWorking: true } days => times.WorkingDays((int)days.Duration.TotalDays),
        Written.Within within => times.Span(within.Duration),
        Written.OnDate day => times.Day(day.Date),
        _ => text,
    };

    /// <summary>What a duty assumes of one of its fields; – for an interpretation, which has no value of its own.</summary>
    public string Assumed(Assumption assumption) => assumption.Value is { Length: > 0 } value ? Worded(assumption.Field, value) : "–";

    private string Worded(string field, string value) => field switch
    {
        "acknowledge" or "due" or "schedule.due" or "with.fileDue" => Deadline(value),
        "schedule.cron" => Cadence(value),
        "schedule.policy" => Known("policy.", value),
        "calendar" => Known("calendar.", value),
        "kind" => Known("kind.", value),
        "enabled" => texts[value == "true" ? "form.yes" : "form.no"],
        "levels" => texts.Levels(value),
        "ladder" => names.Ladder(value),
        "process" => names.Process(value),
        "event" => names.Event(value),
        "phase" => names.Phase(value),
        "with.form" => names.Form(value),
        "with.authoritativeFields" => string.Join(texts["list.comma"], value.Split('、').Select(names.Figure)),
        "unit" or "owner" or "units" or "with.class" or "with.authoritative" => Units(value),
        _ => value,
    };

    /// <summary>A class of units, or some of them by name.</summary>
    private string Units(string value) => texts.Has("class." + value) ? texts.Class(value) : string.Join(texts["list.comma"], value.Split('、').Select(visit.UnitName));

    private string Known(string prefix, string value) => texts.Has(prefix + value) ? texts[prefix + value] : value;

    private static string? Clock(string hour, string minute) =>
        int.TryParse(hour, out var h) && int.TryParse(minute, out var m) ? new TimeOnly(h, m).ToString("HH:mm") : null;
}
