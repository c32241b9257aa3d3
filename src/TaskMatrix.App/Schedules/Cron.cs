using System.Collections.Concurrent;
using Quartz;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.App.Schedules;

/// <summary>
/// A cron of five fields (minute, hour, day of month, month, day of week with 0 and 7 both Sunday), reckoned in local time.
/// A local time that the zone skips is the moment the clocks moved on; of two, the first.
/// </summary>
public sealed class Cron
{
    /// <summary>Those that were read before: there are few, and reading one costs as much as making a task.</summary>
    private static readonly ConcurrentDictionary<string, Cron> Known = [];

    private const int MostKnown = 1000;

    private readonly CronExpression expression;

    private Cron(string text, string quartz, bool oncePerDay) =>
        (Text, expression, OncePerDay) = (text, new CronExpression(quartz, TimeZoneInfo.Utc), oncePerDay);

    /// <summary>The five fields as written.</summary>
    public string Text { get; }

    /// <summary>Never twice on one local day, so that the date names an occurrence.</summary>
    public bool OncePerDay { get; }

    /// <exception cref="FormatException">Not five fields, a field out of bounds, both days restricted, or a day that never comes.</exception>
    public static Cron Parse(string text)
    {
        if (Known.TryGetValue(text, out var known))
        {
            return known;
        }

        var cron = Read(text);
        return Known.Count < MostKnown ? Known.GetOrAdd(text, cron) : cron;
    }

    private static Cron Read(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
        {
            throw new FormatException($"five fields expected, {fields.Length} given");
        }

        var cron = new Cron(text, ToQuartz(fields), CronField.Minute.Read(fields[0]).Count * CronField.Hour.Read(fields[1]).Count == 1);
        return cron.Next(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc) is null ? throw new FormatException("this day never comes") : cron;
    }

    /// <summary>The first moment after a moment; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone) => From(after, zone).Select(moment => (DateTimeOffset?)moment).FirstOrDefault();

    /// <summary>All moments later than <paramref name="after"/>, up to and including <paramref name="until"/>, in order.</summary>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset until, TimeZoneInfo zone) =>
        From(after, zone).TakeWhile(moment => moment <= until);

    private IEnumerable<DateTimeOffset> From(DateTimeOffset after, TimeZoneInfo zone)
    {
        // Quartz walks the local wall clock as if it were UTC; the zone's own rule is the engine's, as for deadlines.
        var reckoning = new Reckoning(zone, new WorkingCalendar("", [], new Dictionary<int, CalendarYear>()));
        var last = after;
        for (var wall = expression.GetNextValidTimeAfter(Wall(after, zone)); wall is { } at; wall = expression.GetNextValidTimeAfter(at))
        {
            var moment = reckoning.Moment(DateOnly.FromDateTime(at.DateTime), TimeOnly.FromDateTime(at.DateTime));
            if (moment > last)
            {
                last = moment;
                yield return moment;
            }
        }
    }

    private static DateTimeOffset Wall(DateTimeOffset moment, TimeZoneInfo zone) =>
        new(TimeZoneInfo.ConvertTime(moment, zone).DateTime, TimeSpan.Zero);

    /// <summary>Six fields with seconds first; days of the week count from 1 = Sunday, and one of the two days is always <c>?</c>.</summary>
    private static string ToQuartz(string[] fields)
    {
        var (everyDate, everyWeekday) = (fields[2] == "*", fields[4] == "*");
        if (!everyDate && !everyWeekday)
        {
            throw new FormatException("day-of-month and day-of-week cannot both be given");
        }

        var weekdays = CronField.DayOfWeek.Read(fields[4]).Select(day => day % 7 + 1).Distinct().Order();
        return string.Join(' ', "0", List(CronField.Minute.Read(fields[0])), List(CronField.Hour.Read(fields[1])),
            everyWeekday ? List(CronField.DayOfMonth.Read(fields[2])) : "?", List(CronField.Month.Read(fields[3])), everyWeekday ? "?" : List(weekdays));
    }

    private static string List(IEnumerable<int> values) => string.Join(',', values);
}
