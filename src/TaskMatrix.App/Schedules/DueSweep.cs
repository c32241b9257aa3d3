using Quartz;

namespace TaskMatrix.App.Schedules;

/// <summary>The clock's hand: Quartz ticks, the rows say what is due.</summary>
[DisallowConcurrentExecution]
internal sealed class DueSweep(Sweeper sweeper, SweepHealth health) : IJob
{
    /// <summary>How soon a passed deadline is noticed.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default)
    {
        health.Ticked();
        await sweeper.Beat(ct);
    }
}
