namespace TaskMatrix.App.Tests.Storage;

/// <summary>A wall clock that only the test moves.</summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;
    private TimeSpan _passed;

    /// <summary>Set on, that time passes; set back, somebody sets the clock and none does.</summary>
    public DateTimeOffset Now
    {
        get => _now;
        set => (_passed, _now) = (_passed + (value > _now ? value - _now : TimeSpan.Zero), value);
    }

    public override DateTimeOffset GetUtcNow() => Now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _passed.Ticks;
}
