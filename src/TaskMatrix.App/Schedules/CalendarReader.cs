using System.Globalization;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.App.Schedules;

/// <summary>Reads a working calendar: hours of a working day, holidays and make-up days by year.</summary>
internal static class CalendarReader
{
    public static WorkingCalendar Read(YamlMap root, string id)
    {
        root.Only("id", "title", "english", "workingHours", "years").RequireId(id);
        return new WorkingCalendar(id, Hours(root), Years(root)) { Title = root.OptionalText("title") ?? id, English = root.OptionalText("english") };
    }

    private static List<WorkingHours> Hours(YamlMap root)
    {
        var hours = new List<WorkingHours>();
        foreach (var stretch in root.Scalars("workingHours"))
        {
            if (Stretch(stretch.Value!) is { } read && (hours.Count == 0 || hours[^1].To <= read.From))
            {
                hours.Add(read);
            }
            else
            {
                root.Problems.Add(stretch, "calendar.bad-hours", stretch.Value!);
            }
        }

        if (hours.Count == 0)
        {
            root.Problem("workingHours", "yaml.missing", "workingHours");
        }

        return hours;
    }

    private static WorkingHours? Stretch(string text) =>
        text.Split('-') is [var from, var to] && Time(from) is { } start && Time(to) is { } end && start < end ? new WorkingHours(start, end) : null;

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static Dictionary<int, CalendarYear> Years(YamlMap root)
    {
        var years = new Dictionary<int, CalendarYear>();
        var map = root.Map("years");
        foreach (var name in map?.Members.Keys ?? [])
        {
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1900 or > 2999)
            {
                map!.Problem(name, "calendar.bad-date", name);
            }
            else if (map!.Map(name) is { } days)
            {
                years[year] = Year(days.Only("source", "holidays", "makeUpDays"), year);
            }
        }

        return years;
    }

    private static CalendarYear Year(YamlMap days, int year)
    {
        days.Text("source");
        var holidays = Days(days, "holidays", year, new HashSet<DateOnly>());
        return new CalendarYear(year, holidays, Days(days, "makeUpDays", year, holidays));
    }

    /// <summary>Days of that year, none twice and none on both lists.</summary>
    private static HashSet<DateOnly> Days(YamlMap days, string member, int year, HashSet<DateOnly> taken)
    {
        var read = new HashSet<DateOnly>();
        foreach (var day in days.Scalars(member))
        {
            if (YamlMap.DateOf(day.Value!) is not { } date || date.Year != year || taken.Contains(date) || !read.Add(date))
            {
                days.Problems.Add(day, "calendar.bad-date", day.Value!);
            }
        }

        return read;
    }
}
