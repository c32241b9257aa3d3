namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>A wall clock that only the test moves; so the clock of the exercise moves only by advancing it.</summary>
internal sealed class ManualClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
