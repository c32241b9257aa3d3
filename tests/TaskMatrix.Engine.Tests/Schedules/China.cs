using System.Globalization;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.Engine.Tests.Schedules;

/// <summary>The holidays and make-up days (调休) of 2020, and 2019 without any: only its last week is used.</summary>
internal static class China
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static readonly IReadOnlyList<WorkingHours> Hours =
        [new(new TimeOnly(8, 30), new TimeOnly(11, 30)), new(new TimeOnly(13, 30), new TimeOnly(17, 0))];

    public static readonly CalendarYear Year2020 = new(
        2020,
        Days("2020-01-01", "2020-01-24..2020-02-02", "2020-04-04..2020-04-06", "2020-05-01..2020-05-05",
            "2020-06-25..2020-06-27", "2020-10-01..2020-10-08"),
        Days("2020-01-19", "2020-04-26", "2020-05-09", "2020-06-28", "2020-09-27", "2020-10-10"));

    public static readonly WorkingCalendar Calendar = new("china", Hours, new Dictionary<int, CalendarYear>
    {
        [2019] = new(2019, Days(), Days()),
        [2020] = Year2020,
    });

    public static readonly Reckoning Reckoning = new(Zone, Calendar);

    /// <summary>A local time in Shanghai: <c>2020-01-23 08:00</c>.</summary>
    public static DateTimeOffset At(string local) =>
        new(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private static HashSet<DateOnly> Days(params string[] ranges) => [.. ranges.SelectMany(Range)];

    private static IEnumerable<DateOnly> Range(string text)
    {
        var ends = text.Split("..").Select(day => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)).ToList();
        for (var day = ends[0]; day <= ends[^1]; day = day.AddDays(1))
        {
            yield return day;
        }
    }
}
