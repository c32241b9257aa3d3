using System.Globalization;

namespace TaskMatrix.Web.Shell;

/// <summary>Moments and durations as people there write them.</summary>
public sealed class TimeWords(Texts texts, Visit visit)
{
    /// <summary>1月23日 周四 15:00; with the year when it is not this one.</summary>
    public string Moment(DateTimeOffset at)
    {
        var local = visit.Local(at);
        var pattern = local.Year == visit.Local(visit.Now).Year ? "time.moment" : "time.moment-with-year";
        return local.ToString(texts[pattern], CultureInfo.CurrentUICulture);
    }

    /// <summary>The hour alone for what happened today, else the whole moment.</summary>
    public string Clock(DateTimeOffset at) =>
        visit.Local(at).Date == visit.Local(visit.Now).Date ? visit.Local(at).ToString("HH:mm", CultureInfo.InvariantCulture) : Moment(at);

    public string Day(DateOnly day) => day.ToString(texts["time.day"], CultureInfo.CurrentUICulture);

    /// <summary>还剩 3 小时, or 已逾期 2 天 once it has passed.</summary>
    /// <param name="seenAt">The moment looked back to; null: now.</param>
    public string Until(DateTimeOffset deadline, DateTimeOffset? seenAt = null)
    {
        var left = deadline - (seenAt ?? visit.Now);
        return left > TimeSpan.Zero ? texts["time.left", Span(left)] : texts["time.over", Span(-left)];
    }

    /// <summary>In its largest fitting unit, rounded down: nobody is told of time he does not have.</summary>
    public string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => Count("time.days", (int)span.TotalDays),
        { TotalDays: >= 1 } => DayAndHours(span),
        { TotalHours: >= 1 } => Count("time.hours", (int)span.TotalHours),
        { TotalMinutes: >= 1 } => Count("time.minutes", (int)span.TotalMinutes),
        _ => texts["time.moments"],
    };

    /// <summary>3 个工作日.</summary>
    public string WorkingDays(int days) => Count("time.working-days", days);

    private string DayAndHours(TimeSpan span) =>
        span.Hours == 0 ? Count("time.days", 1) : $"{Count("time.days", 1)}{(Texts.English ? " " : "")}{Count("time.hours", span.Hours)}";

    /// <summary>English has a form of its own for one.</summary>
    private string Count(string key, int count) => count == 1 && texts.Has(key + ".one") ? texts[key + ".one"] : texts[key, count];

    /// <summary>For a field of type datetime-local.</summary>
    public string Field(DateTimeOffset? at) => at is { } moment ? visit.Local(moment).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) : "";
}
