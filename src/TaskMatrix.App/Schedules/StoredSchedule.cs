namespace TaskMatrix.App.Schedules;

/// <summary>When a duty's next occurrence begins. The row is the truth; the job only looks at it.</summary>
public sealed class StoredSchedule
{
    /// <summary>Part of a schedule that makes occurrences again and again.</summary>
    public const string Occurrences = "occurrences";

    /// <summary>Part that issues the first task of a duty once, when its phase begins.</summary>
    public const string Beginning = "beginning";

    public required string DutyId { get; init; }

    public required string Part { get; init; }

    public required string Jurisdiction { get; init; }

    public required string Plan { get; init; }

    /// <summary>Five fields; empty for a beginning.</summary>
    public required string Cron { get; set; }

    public required string Policy { get; set; }

    public bool Paused { get; set; }

    /// <summary>Post of who paused it last; null where nobody did, or said nothing.</summary>
    public string? PausedBy { get; set; }

    public DateTimeOffset? PausedAt { get; set; }

    public string? PausedReason { get; set; }

    /// <summary>Null: never again (the plan has ended or its phase is over).</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>No occurrence begins at or after this.</summary>
    public DateTimeOffset? Until { get; set; }

    public DateTimeOffset? LastAt { get; set; }

    /// <summary>created:n or skipped:reason.</summary>
    public string? LastResult { get; set; }

    public int ManualRuns { get; set; }
}

/// <summary>An occurrence that did not become a task, and why.</summary>
public sealed class SkippedOccurrence
{
    public required string DutyId { get; init; }

    public required string Unit { get; init; }

    public required string Activation { get; init; }

    public required string Occurrence { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset SkippedAt { get; init; }
}
