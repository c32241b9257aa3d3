using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Overdue;

/// <summary>Fires every timer that is due, a batch at a time; if one fails, task by task, so that only the faulty one is left behind.</summary>
public sealed class TimerSweep(IServiceScopeFactory scopes, AppOptions options, DomainClock clock, SweepHealth health, ILogger<TimerSweep> log)
{
    private const int Batch = 500;

    /// <summary>
    /// On PostgreSQL, where a full batch has shown that there is much to do, two go on beside each other: one decides while the
    /// server writes the other. Each passes over the timers that the other has claimed.
    /// </summary>
    private const int Lanes = 2;

    public async Task<DueWork> Fire(CancellationToken ct)
    {
        var (looked, work) = await FireBatch(ct);
        if (looked < Batch)
        {
            return work;
        }

        var lanes = await Task.WhenAll(Enumerable.Range(0, options.Postgres is null ? 1 : Lanes).Select(_ => FireRest(ct)));
        return lanes.Aggregate(work, (sum, lane) => sum + lane);
    }

    private async Task<DueWork> FireRest(CancellationToken ct)
    {
        var work = DueWork.None;
        for (var looked = Batch; looked == Batch;)
        {
            (looked, var fired) = await FireBatch(ct);
            work += fired;
        }

        return work;
    }

    /// <returns>How many were looked at, and what they did.</returns>
    private async Task<(int Looked, DueWork Work)> FireBatch(CancellationToken ct)
    {
        try
        {
            var fired = await Send(new FireDueTimers.Command(Batch), ct);
            return (fired.Timers, new DueWork(0, fired.Timers, fired.Escalations));
        }
        catch (Exception e) when (Sweeper.IsFault(e))
        {
            log.LogError(e, "Timers could not be fired together; trying each task by itself");
            health.Failed(e);
        }

        var (due, work) = (await Due(ct), DueWork.None);
        foreach (var task in due)
        {
            work += await FireOne(task, ct);
        }

        return (due.Count, work);
    }

    private async Task<DueWork> FireOne(Guid task, CancellationToken ct)
    {
        try
        {
            var fired = await Send(new FireDueTimers.Command(1, task), ct);
            return new DueWork(0, fired.Timers, fired.Escalations);
        }
        catch (Exception e) when (Sweeper.IsFault(e))
        {
            log.LogError(e, "The timer of task {Task} failed", task);
            health.Failed(e);
            await SetBack(new SetBackTimer.Command(task, e.Message), ct);
            return DueWork.None;
        }
    }

    private async Task SetBack(SetBackTimer.Command command, CancellationToken ct)
    {
        try
        {
            await Send(command, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "{Request} failed and will be tried again with the next sweep", command);
            health.Failed(e);
        }
    }

    private async Task<List<Guid>> Due(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.Now;
        return await scope.ServiceProvider.GetRequiredService<Session>().Db.Timers.Where(timer => !timer.SetAside && timer.DueAt <= now)
            .OrderBy(timer => timer.DueAt).ThenBy(timer => timer.TaskId).Take(Batch).Select(timer => timer.TaskId).ToListAsync(ct);
    }

    private async Task<T> Send<T>(IRequest<T> request, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }
}
