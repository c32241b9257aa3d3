using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Schedules;

/// <summary>
/// A deadline as written: an ISO 8601 duration (<c>PT4H</c>, <c>P3D</c>), <c>3 working days</c>, a time of day
/// (<c>17:00</c>) or a date (<c>2020-01-22</c>, the end of that day).
/// </summary>
public abstract partial record Deadline
{
    private Deadline()
    {
    }

    /// <param name="AlwaysWorking">Written as working days, whatever the calendar of the duty.</param>
    public sealed record Within(TimeSpan Duration, bool AlwaysWorking) : Deadline;

    public sealed record AtTime(TimeOnly Time) : Deadline;

    public sealed record OnDate(DateOnly Date) : Deadline;

    /// <exception cref="RuleBrokenException">deadline.unreadable (400)</exception>
    public static Deadline Parse(string text) =>
        TryParse(text) ?? throw new RuleBrokenException("deadline.unreadable", RuleKind.Invalid, text);

    /// <returns>Null when the text is none of the four forms, or a duration that is not positive.</returns>
    public static Deadline? TryParse(string text)
    {
        text = text.Trim();
        if (WorkingDays().Match(text) is { Success: true } match)
        {
            return new Within(TimeSpan.FromDays(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)), true);
        }

        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return new AtTime(time);
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return new OnDate(date);
        }

        return ParseDuration(text) is { } duration && duration > TimeSpan.Zero ? new Within(duration, false) : null;
    }

    /// <summary>An ISO 8601 duration, which may be negative; months and years are refused, for they have no fixed length.</summary>
    public static TimeSpan? ParseDuration(string text)
    {
        if (!Iso8601().IsMatch(text))
        {
            return null;
        }

        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^([1-9][0-9]{0,2}) working days?\z")]
    private static partial Regex WorkingDays();

    [GeneratedRegex(@"^-?P(?=[0-9T])([0-9]{1,5}D)?(T(?=[0-9])([0-9]{1,5}H)?([0-9]{1,5}M)?([0-9]{1,5}S)?)?\z")]
    private static partial Regex Iso8601();
}
