namespace TaskMatrix.App.Schedules;

/// <summary>Whether the heartbeat goes on; wall clock.</summary>
public sealed class SweepHealth(TimeProvider wall)
{
    /// <summary>Without a sweep for this long the service says that it is not ready.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public DateTimeOffset? LastSweepAt { get; private set; }

    public string? LastError { get; private set; }

    public bool Alive => LastSweepAt is { } last && wall.GetUtcNow() - last < Patience;

    internal void Swept() => LastSweepAt = wall.GetUtcNow();

    internal void Failed(Exception e) => LastError = $"{wall.GetUtcNow():O} {e.Message}";
}
