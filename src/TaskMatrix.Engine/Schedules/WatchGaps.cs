namespace TaskMatrix.Engine.Schedules;

/// <summary>A stretch of time, from <paramref name="From"/> to just before <paramref name="To"/>.</summary>
public sealed record WatchSpan(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Whether a moment belongs to both.</summary>
    public bool Overlaps(WatchSpan other) => From < other.To && other.From < To;
}

/// <summary>Finds when nobody is on duty. That the whole day has to be covered is an assumption: neither plan names shifts.</summary>
public static class WatchGaps
{
    /// <summary>How far ahead gaps are looked for.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    /// <param name="shifts">In any order; they may overlap and reach beyond the window.</param>
    /// <returns>The parts of the window that no shift covers, in their order and not touching each other.</returns>
    public static IReadOnlyList<WatchSpan> Of(IEnumerable<WatchSpan> shifts, DateTimeOffset from, DateTimeOffset to)
    {
        var gaps = new List<WatchSpan>();
        var covered = from;
        foreach (var shift in shifts.Where(shift => shift.To > from && shift.From < to).OrderBy(shift => shift.From))
        {
            if (shift.From > covered)
            {
                gaps.Add(new WatchSpan(covered, shift.From));
            }

            covered = shift.To > covered ? shift.To : covered;
        }

        if (covered < to)
        {
            gaps.Add(new WatchSpan(covered, to));
        }

        return gaps;
    }
}
