namespace TaskMatrix.App.Schedules;

/// <summary>One sweep, by the wall clock.</summary>
/// <param name="Failures">How much of it failed and waits for another try.</param>
public sealed record SweepRun(DateTimeOffset At, TimeSpan Took, DueWork Work, int Failures);

/// <summary>Whether the heartbeat goes on. Moments are of the wall clock; how long ago they were is told by one that nobody sets.</summary>
public sealed class SweepHealth(TimeProvider wall)
{
    /// <summary>Without a sweep for this long the service says that it is not ready.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private const int Remembered = 20;

    /// <summary>When somebody swept last, else when this began.</summary>
    private long _heard = wall.GetTimestamp();
    private long _begun;
    private SweepRun[] _recent = [];
    private int _failures;

    /// <summary>By this node or, on PostgreSQL, by another one: when this one heard of it.</summary>
    public DateTimeOffset? LastSweepAt { get; private set; }

    public string? LastError { get; private set; }

    /// <summary>Since when the watchdog does the scheduler's work; null while the scheduler ticks.</summary>
    public DateTimeOffset? RescuedSince { get; private set; }

    /// <summary>When the sweep began that is still going on; null between two.</summary>
    public DateTimeOffset? RunningSince { get; private set; }

    /// <summary>The newest sweeps of this node that had something to do or failed, the newest first.</summary>
    public IReadOnlyList<SweepRun> Recent => _recent;

    public bool Alive => LastSweepAt is not null && Silence < Patience;

    /// <summary>How long nobody has swept.</summary>
    public TimeSpan Silence => wall.GetElapsedTime(_heard);

    internal void Begun() => (RunningSince, _begun, _failures) = (wall.GetUtcNow(), wall.GetTimestamp(), 0);

    internal void Swept(DueWork work)
    {
        Heard();
        if (RunningSince is { } began && (work != DueWork.None || _failures > 0))
        {
            _recent = [new SweepRun(began, wall.GetElapsedTime(_begun), work, _failures), .. _recent.Take(Remembered - 1)];
        }

        RunningSince = null;
    }

    internal void Failed(Exception e)
    {
        LastError = $"{wall.GetUtcNow():O} {e.Message}";
        Interlocked.Increment(ref _failures);
    }

    /// <summary>By this node or by another one, whose clock may differ from ours.</summary>
    internal void Heard() => (LastSweepAt, _heard) = (wall.GetUtcNow(), wall.GetTimestamp());

    internal void Rescued() => RescuedSince ??= wall.GetUtcNow();

    internal void Ticked() => RescuedSince = null;
}
