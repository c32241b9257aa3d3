namespace TaskMatrix.Web.Shell;

/// <summary>Cadences and deadlines as the definitions write them, in words where they have simple ones.</summary>
public sealed class ScheduleWords(Texts texts, TimeWords times)
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

    /// <summary>3 天 for P3D; times of day and dates stay as written.</summary>
    public string Deadline(string text) => Engine.Schedules.Deadline.ParseDuration(text) is { } span ? times.Span(span) : text;

    /// <summary>A value of either kind, as assumptions hold them.</summary>
    public string Value(string text) => text.Count(c => c == ' ') == 4 ? Cadence(text) : Deadline(text);

    private static string? Clock(string hour, string minute) =>
        int.TryParse(hour, out var h) && int.TryParse(minute, out var m) ? new TimeOnly(h, m).ToString("HH:mm") : null;
}
