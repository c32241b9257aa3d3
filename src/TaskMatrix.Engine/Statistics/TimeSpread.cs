namespace TaskMatrix.Engine.Statistics;

/// <summary>How long something took, over several tasks.</summary>
/// <param name="Count">Tasks measured.</param>
/// <param name="MedianHours">Half of them took no longer; null where none was measured. One decimal.</param>
/// <param name="P90Hours">Nine of ten took no longer; null where none was measured. One decimal.</param>
public sealed record TimeSpread(int Count, double? MedianHours, double? P90Hours);

/// <summary>
/// Collects durations by the whole minute, so that what it holds grows with the different durations and not with the tasks.
/// </summary>
public sealed class Durations
{
    private readonly SortedDictionary<long, int> _minutes = [];

    public int Count { get; private set; }

    /// <summary>Rounded up to the next minute: nobody is shown faster than he was. What is negative counts as nothing.</summary>
    public void Add(TimeSpan duration)
    {
        var minutes = Math.Max(0, (duration.Ticks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute);
        _minutes[minutes] = _minutes.GetValueOrDefault(minutes) + 1;
        Count++;
    }

    /// <summary>
    /// By nearest rank: the smallest duration that occurred of which at least <paramref name="percent"/> of all are no longer.
    /// No value in between is invented, so the median of two is the shorter one.
    /// </summary>
    /// <param name="percent">1–100.</param>
    /// <returns>Null where there is none.</returns>
    public TimeSpan? Percentile(int percent)
    {
        var rank = ((long)Count * percent + 99) / 100;
        var seen = 0L;
        foreach (var (minutes, count) in _minutes)
        {
            seen += count;
            if (seen >= rank)
            {
                return TimeSpan.FromMinutes(minutes);
            }
        }

        return null;
    }

    public TimeSpread Spread() => new(Count, Hours(Percentile(50)), Hours(Percentile(90)));

    private static double? Hours(TimeSpan? duration) => duration is { } time ? Math.Round(time.TotalHours, 1, MidpointRounding.AwayFromZero) : null;
}
