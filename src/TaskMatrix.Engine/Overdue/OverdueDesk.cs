namespace TaskMatrix.Engine.Overdue;

/// <summary>How long something is late.</summary>
public enum AgeBand
{
    /// <summary>Less than a day.</summary>
    Day,

    /// <summary>One to three days.</summary>
    ThreeDays,

    /// <summary>Three to seven days.</summary>
    Week,

    /// <summary>Seven days and more.</summary>
    Longer,
}

/// <summary>A late task as the desk counts it.</summary>
/// <param name="Duty">Null for a task of no duty; <paramref name="Section"/> likewise.</param>
/// <param name="NeverAcknowledged">Nobody has taken it on yet.</param>
/// <param name="AskedExtension">One is asked for or was granted.</param>
/// <param name="Missed">Not reported by its cut-off, so it is not among the open tasks.</param>
/// <param name="WaitsForOther">A joint owner has not confirmed, or it stands with the office as not the unit's own.</param>
public sealed record LateTask(
    string Unit, string? Duty, string? Section, DateTimeOffset LateSince, bool NeverAcknowledged, bool AskedExtension, bool Suspended, bool WaitsForOther, bool Missed = false);

/// <summary>Late tasks of one unit, duty or section.</summary>
/// <param name="Key">Empty: those of no duty.</param>
/// <param name="Bands">In the order of <see cref="AgeBand"/>.</param>
/// <param name="LongestHours">Of the one that is late longest, one decimal.</param>
public sealed record LateGroup(
    string Key, int Count, IReadOnlyList<int> Bands, double LongestHours, int NeverAcknowledged, int AskedExtension, int Suspended, int WaitsForOther, int Missed);

/// <summary>What is late, seen by unit, duty and section: what speaks against a unit and what speaks for it, side by side.</summary>
public sealed record OverdueDesk(LateGroup All, IReadOnlyList<LateGroup> ByUnit, IReadOnlyList<LateGroup> ByDuty, IReadOnlyList<LateGroup> BySection)
{
    private static readonly double[] BandDays = [1, 3, 7];

    public static OverdueDesk Of(IReadOnlyCollection<LateTask> late, DateTimeOffset now) => new(
        Group("", late, now), Groups(late, task => task.Unit, now), Groups(late, task => task.Duty, now), Groups(late, task => task.Section, now));

    public static AgeBand BandOf(TimeSpan age) => (AgeBand)BandDays.Count(days => age.TotalDays >= days);

    /// <summary>The most first, those of the same number in the order of their keys.</summary>
    private static List<LateGroup> Groups(IEnumerable<LateTask> late, Func<LateTask, string?> key, DateTimeOffset now) =>
        [.. late.GroupBy(task => key(task) ?? "").Select(group => Group(group.Key, [.. group], now)).OrderByDescending(group => group.Count).ThenBy(group => group.Key, StringComparer.Ordinal)];

    private static LateGroup Group(string key, IReadOnlyCollection<LateTask> late, DateTimeOffset now) => new(
        key, late.Count, [.. Enum.GetValues<AgeBand>().Select(band => late.Count(task => BandOf(now - task.LateSince) == band))],
        late.Count == 0 ? 0 : Math.Round(late.Max(task => now - task.LateSince).TotalHours, 1), late.Count(task => task.NeverAcknowledged),
        late.Count(task => task.AskedExtension), late.Count(task => task.Suspended), late.Count(task => task.WaitsForOther), late.Count(task => task.Missed));
}
