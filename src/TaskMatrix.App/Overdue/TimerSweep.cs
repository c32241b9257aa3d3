using Microsoft.Extensions.Logging;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Overdue;

/// <summary>Fires every timer that is due, a batch at a time; where a batch fails, task by task, so that only the faulty one is left behind.</summary>
public sealed class TimerSweep(SweepRequests requests, AppOptions options, DomainClock clock, SweepHealth health, ILogger<TimerSweep> log)
{
    /// <summary>
    /// On PostgreSQL, where a full batch has shown that there is much to do, two go on beside each other: one decides while the
    /// server writes the other. Each passes over the timers that the other has claimed.
    /// </summary>
    private readonly int _lanes = options.Postgres is null ? 1 : 2;

    /// <summary>Timers fired in one transaction.</summary>
    public int Batch { get; init; } = 500;

    public async Task<DueWork> Fire(CancellationToken ct)
    {
        var step = await FireBatch(ct);
        var work = step.Work;
        while (step.More || step.Faulty)
        {
            // Task by task only when every lane has let go of what it claimed, or the same timers would be tried again and again.
            step = step.Faulty ? await FireEach(ct) : await FireInLanes(ct);
            work += step.Work;
        }

        return work;
    }

    private async Task<Step> FireInLanes(CancellationToken ct)
    {
        var lanes = await Task.WhenAll(Enumerable.Range(0, _lanes).Select(_ => FireBatches(ct)));
        return new Step(lanes.Aggregate(DueWork.None, (sum, lane) => sum + lane.Work), lanes.Any(lane => lane.More), lanes.Any(lane => lane.Faulty));
    }

    private async Task<Step> FireBatches(CancellationToken ct)
    {
        for (var work = DueWork.None; ;)
        {
            var step = await FireBatch(ct);
            work += step.Work;
            if (step.Faulty || !step.More)
            {
                return step with { Work = work };
            }
        }
    }

    private async Task<Step> FireBatch(CancellationToken ct)
    {
        try
        {
            var fired = await requests.Send(new FireDueTimers.Command(Batch), ct);
            return new Step(new DueWork(0, fired.Timers, fired.Escalations), fired.Timers == Batch, false);
        }
        catch (Exception e) when (SweepRequests.IsFault(e))
        {
            log.LogError(e, "Timers could not be fired together; trying each task by itself");
            health.Failed(e);
            return new Step(DueWork.None, false, true);
        }
    }

    /// <summary>As many as a batch has. Where not one could be fired or set back the next sweep tries again.</summary>
    private async Task<Step> FireEach(CancellationToken ct)
    {
        var (due, left, work) = (await Due(ct), 0, DueWork.None);
        foreach (var task in due)
        {
            var fired = await FireOne(task, ct);
            work += fired ?? DueWork.None;
            left += fired is null ? 1 : 0;
        }

        return new Step(work, due.Count == Batch && left < Batch, false);
    }

    /// <returns>What it did; null when it is left as it was.</returns>
    private async Task<DueWork?> FireOne(Guid task, CancellationToken ct)
    {
        try
        {
            var fired = await requests.Send(new FireDueTimers.Command(1, task), ct);
            return new DueWork(0, fired.Timers, fired.Escalations);
        }
        catch (Exception e) when (SweepRequests.IsFault(e))
        {
            log.LogError(e, "The timer of task {Task} failed", task);
            health.Failed(e);
            return await requests.Attempt(new SetBackTimer.Command(task, e.Message), ct) > 0 ? DueWork.None : null;
        }
    }

    private Task<List<Guid>> Due(CancellationToken ct)
    {
        var now = clock.Now;
        return requests.Read(
            db => db.Timers.Where(timer => !timer.SetAside && timer.DueAt <= now).OrderBy(timer => timer.DueAt).ThenBy(timer => timer.TaskId).Take(Batch).Select(timer => timer.TaskId), ct);
    }

    private sealed record Step(DueWork Work, bool More, bool Faulty);
}
