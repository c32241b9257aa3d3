namespace TaskMatrix.App.Schedules;

/// <summary>Whether the heartbeat goes on; wall clock.</summary>
public sealed class SweepHealth(TimeProvider wall)
{
    /// <summary>Without a sweep for this long the service says that it is not ready.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly DateTimeOffset _started = wall.GetUtcNow();

    /// <summary>By this node or, on PostgreSQL, by another one.</summary>
    public DateTimeOffset? LastSweepAt { get; private set; }

    public string? LastError { get; private set; }

    /// <summary>Since when the watchdog does the scheduler's work; null while the scheduler ticks.</summary>
    public DateTimeOffset? RescuedSince { get; private set; }

    public bool Alive => LastSweepAt is { } last && wall.GetUtcNow() - last < Patience;

    /// <summary>How long nobody has swept.</summary>
    public TimeSpan Silence => wall.GetUtcNow() - (LastSweepAt ?? _started);

    internal void Swept() => LastSweepAt = wall.GetUtcNow();

    internal void Failed(Exception e) => LastError = $"{wall.GetUtcNow():O} {e.Message}";

    /// <summary>Another node has swept; its clock may run ahead of ours.</summary>
    internal void SweptElsewhere(DateTimeOffset at) => LastSweepAt = at > LastSweepAt || LastSweepAt is null ? at : LastSweepAt;

    internal void Rescued() => RescuedSince ??= wall.GetUtcNow();

    internal void Ticked() => RescuedSince = null;
}
