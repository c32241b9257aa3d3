namespace TaskMatrix.App.Schedules;

/// <summary>One sweep, by the wall clock.</summary>
/// <param name="Failures">How much of it failed and waits for another try.</param>
public sealed record SweepRun(DateTimeOffset At, TimeSpan Took, DueWork Work, int Failures);

/// <summary>Whether the heartbeat goes on; wall clock.</summary>
public sealed class SweepHealth(TimeProvider wall)
{
    /// <summary>Without a sweep for this long the service says that it is not ready.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private const int Remembered = 20;

    private readonly DateTimeOffset _started = wall.GetUtcNow();
    private SweepRun[] _recent = [];
    private int _failures;

    /// <summary>By this node or, on PostgreSQL, by another one.</summary>
    public DateTimeOffset? LastSweepAt { get; private set; }

    public string? LastError { get; private set; }

    /// <summary>Since when the watchdog does the scheduler's work; null while the scheduler ticks.</summary>
    public DateTimeOffset? RescuedSince { get; private set; }

    /// <summary>When the sweep began that is still going on; null between two.</summary>
    public DateTimeOffset? RunningSince { get; private set; }

    /// <summary>The newest sweeps of this node that had something to do or failed, the newest first.</summary>
    public IReadOnlyList<SweepRun> Recent => _recent;

    public bool Alive => LastSweepAt is { } last && wall.GetUtcNow() - last < Patience;

    /// <summary>How long nobody has swept.</summary>
    public TimeSpan Silence => wall.GetUtcNow() - (LastSweepAt ?? _started);

    internal void Begun() => (RunningSince, _failures) = (wall.GetUtcNow(), 0);

    internal void Swept(DueWork work)
    {
        LastSweepAt = wall.GetUtcNow();
        if (RunningSince is { } began && (work != DueWork.None || _failures > 0))
        {
            _recent = [new SweepRun(began, LastSweepAt.Value - began, work, _failures), .. _recent.Take(Remembered - 1)];
        }

        RunningSince = null;
    }

    internal void Failed(Exception e) => (LastError, _failures) = ($"{wall.GetUtcNow():O} {e.Message}", _failures + 1);

    /// <summary>Another node has swept; its clock may run ahead of ours.</summary>
    internal void SweptElsewhere(DateTimeOffset at) => LastSweepAt = at > LastSweepAt || LastSweepAt is null ? at : LastSweepAt;

    internal void Rescued() => RescuedSince ??= wall.GetUtcNow();

    internal void Ticked() => RescuedSince = null;
}
