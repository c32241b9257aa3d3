namespace TaskMatrix.Engine.Schedules;

/// <summary>An occurrence that should have begun.</summary>
/// <param name="WindowEnd">Its cut-off: from here on it could only have been missed.</param>
public sealed record PastStart(DateTimeOffset Start, DateTimeOffset WindowEnd);

/// <summary>What becomes of an occurrence that should have begun.</summary>
/// <param name="Late">The system was down when it began, so it gets its full working time from now.</param>
/// <param name="SkippedBecause">Null: it is created.</param>
public sealed record CatchUpDecision(PastStart Occurrence, bool Late, string? SkippedBecause);

/// <summary>Decides about occurrences missed while the system was down; every one is created or skipped with a reason.</summary>
public static class CatchUp
{
    public const string Unavailable = "system unavailable", Superseded = "superseded by a later occurrence", ByPolicy = "policy skip";

    /// <summary>A start noticed within this time is on time: the heartbeat's own interval, doubled.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    /// <param name="starts">In order of time.</param>
    /// <param name="policy">
    /// all: every one is created · latest: only the newest, if its window is still open · skip: none.
    /// </param>
    public static IReadOnlyList<CatchUpDecision> Decide(IReadOnlyList<PastStart> starts, string policy, DateTimeOffset now) =>
        [.. starts.Select((start, i) => Decide(start, i == starts.Count - 1, policy, now))];

    /// <summary>Whether something that begins at a moment is noticed so long after it that it was not done when it should have been.</summary>
    public static bool IsLate(DateTimeOffset start, DateTimeOffset now) => now - start > Tolerance;

    private static CatchUpDecision Decide(PastStart start, bool newest, string policy, DateTimeOffset now)
    {
        var late = IsLate(start.Start, now);
        return new CatchUpDecision(start, late, !late ? null : policy switch
        {
            "all" => null,
            _ when start.WindowEnd <= now => Unavailable,
            "skip" => ByPolicy,
            _ => newest ? null : Superseded,
        });
    }
}
