using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.App.Duties;

/// <summary>Reads when a recurring duty comes round, and a standing one is fed back.</summary>
internal static class DutyScheduleReader
{
    private static readonly string[] Policies = ["all", "latest", "skip"], Bases = ["text", "assumption"];

    /// <summary>Null for duties that are done once or on an event.</summary>
    public static DutySchedule? Read(YamlMap duty, DutyKind kind, string process)
    {
        if (kind is DutyKind.OneOff or DutyKind.Event)
        {
            if (duty.Has("schedule"))
            {
                duty.Problem("schedule", "definition.misplaced-member", "schedule", "kind");
            }

            return null;
        }

        var standing = DutyDefaults.Of(kind).Schedule;
        var map = (standing is null ? duty.Map("schedule") : duty.OptionalMap("schedule"))?.Only("cron", "due", "policy", "basis");
        var policy = standing?.Policy ?? (process == "daily-report" ? "all" : "latest");
        return map is null
            ? standing
            : new DutySchedule(Cron(map, standing), Due(map), map.OneOf("policy", Policies, policy), map.OneOf("basis", Bases, standing?.Basis));
    }

    private static string Cron(YamlMap map, DutySchedule? standing)
    {
        var cron = standing is null ? map.Text("cron") : map.OptionalText("cron") ?? standing.Cron;
        try
        {
            return cron.Length > 0 ? Schedules.Cron.Parse(cron).Text : cron;
        }
        catch (FormatException e)
        {
            map.Problem("cron", "definition.bad-cron", cron, e.Message);
            return cron;
        }
    }

    /// <summary>A time of day or a duration: an occurrence has no date of its own.</summary>
    private static string Due(YamlMap map)
    {
        var due = map.Deadline("due", DutyDefaults.DailyDue);
        if (Deadline.TryParse(due) is Deadline.OnDate)
        {
            map.Problem("due", "definition.bad-deadline", due);
        }

        return due;
    }
}
