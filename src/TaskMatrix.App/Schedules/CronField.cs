using System.Globalization;

namespace TaskMatrix.App.Schedules;

/// <summary>One field of a five-field cron: <c>*</c>, <c>5</c>, <c>1-5</c>, <c>*/15</c>, <c>8-18/2</c> and lists of them.</summary>
/// <param name="names">Three-letter names for the values from <paramref name="min"/> on; empty where the field has none.</param>
internal sealed class CronField(string name, int min, int max, params string[] names)
{
    public static readonly CronField Minute = new("minute", 0, 59), Hour = new("hour", 0, 23), DayOfMonth = new("day-of-month", 1, 31),
        Month = new("month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"),
        DayOfWeek = new("day-of-week", 0, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /// <summary>The values a field names, in order.</summary>
    /// <exception cref="FormatException">The field is none of the forms, or leaves its bounds.</exception>
    public IReadOnlyList<int> Read(string text) => [.. text.Split(',').SelectMany(Item).Distinct().Order()];

    private IEnumerable<int> Item(string item)
    {
        var parts = item.Split('/');
        var step = parts switch
        {
            [_] => 1,
            [_, var given] when Number(given) is { } read and > 0 => read,
            _ => throw Bad(item),
        };
        var (from, to) = Range(parts[0], item, open: parts.Length == 2);
        for (var value = from; value <= to; value += step)
        {
            yield return value;
        }
    }

    private (int From, int To) Range(string range, string item, bool open)
    {
        if (range == "*")
        {
            return (min, max);
        }

        var ends = range.Split('-');
        var from = Value(ends[0], item);
        var to = ends.Length == 2 ? Value(ends[1], item) : open ? max : from;
        return ends.Length <= 2 && from <= to ? (from, to) : throw Bad(item);
    }

    private int Value(string text, string item)
    {
        var named = Array.IndexOf(names, text.ToUpperInvariant());
        var value = named >= 0 ? named + min : Number(text);
        return value >= min && value <= max ? value.Value : throw Bad(item);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private FormatException Bad(string item) => new($"{name}: {item}");
}
