using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Schedules;

/// <summary>What a sweep did.</summary>
public sealed record DueWork(int Occurrences, int Timers, int Escalations)
{
    public static readonly DueWork None = new(0, 0, 0);

    public static DueWork operator +(DueWork left, DueWork right) =>
        new(left.Occurrences + right.Occurrences, left.Timers + right.Timers, left.Escalations + right.Escalations);
}

/// <summary>
/// Does whatever the database says is due. The job's ticking and the exercise's advance both come here, one at a time.
/// </summary>
public sealed class Sweeper(IServiceScopeFactory scopes, DomainClock clock, SweepHealth health, ILogger<Sweeper> log)
{
    private const int Batch = 500;

    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task<T> Exclusively<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            return await work();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The heartbeat; passes when an advance is running, for that does the same.</summary>
    public async Task Beat(CancellationToken ct)
    {
        if (!await _one.WaitAsync(TimeSpan.Zero, ct))
        {
            return;
        }

        try
        {
            await RunDue(ct);
            if (clock.IsExercise)
            {
                await StoreClock(ct);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Plans that begin, occurrences that start, timers that fire. A fault in one never stops the others.</summary>
    public async Task<DueWork> RunDue(CancellationToken ct)
    {
        var begun = await Attempt(new BeginDuePlans.Command(), ct);
        var occurrences = await Materialise(ct);
        var work = new DueWork(begun + occurrences, 0, 0);
        FireDueTimers.Result? fired;
        do
        {
            fired = await Attempt(new FireDueTimers.Command(Batch), ct);
            work += new DueWork(0, (fired?.Timers ?? 0) - (fired?.Failed.Count ?? 0), fired?.Escalations ?? 0);
        }
        while (fired?.Timers == Batch);
        health.Swept();
        return work;
    }

    /// <summary>The earliest moment at which anything is due; null when nothing ever will be.</summary>
    public async Task<DateTimeOffset?> NextMoment(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Session>().Db;
        DateTimeOffset?[] moments =
        [
            await db.Schedules.Where(row => !row.Paused && row.NextAt != null).MinAsync(row => row.NextAt, ct),
            await db.Timers.Where(timer => !timer.SetAside).MinAsync(timer => (DateTimeOffset?)timer.DueAt, ct),
            await db.Plans.Where(plan => plan.Status == PlanStatus.Active && !plan.Begun).MinAsync(plan => plan.BeginsAt, ct),
        ];
        return moments.Min();
    }

    public Task StoreClock(CancellationToken ct) => Attempt(new StoreClock.Command(clock.Now), ct);

    /// <summary>All together; if that fails, duty by duty, so that only the faulty one is left behind.</summary>
    private async Task<int> Materialise(CancellationToken ct)
    {
        try
        {
            return (await Send(new MaterialiseDue.Command(), ct)).Created;
        }
        catch (Exception e) when (e is not OperationCanceledException and not StoreUnavailableException)
        {
            log.LogError(e, "Occurrences could not be made together; trying each duty by itself");
        }

        var created = 0;
        foreach (var duty in await DueDuties(ct))
        {
            created += (await Attempt(new MaterialiseDue.Command([duty]), ct))?.Created ?? 0;
        }

        return created;
    }

    private async Task<List<string>> DueDuties(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.Now;
        return await scope.ServiceProvider.GetRequiredService<Session>().Db.Schedules.Where(row => !row.Paused && row.NextAt <= now)
            .Select(row => row.DutyId).Distinct().ToListAsync(ct);
    }

    private async Task<T?> Attempt<T>(IRequest<T> request, CancellationToken ct)
    {
        try
        {
            return await Send(request, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "{Request} failed and will be tried again with the next sweep", request);
            health.Failed(e);
            return default;
        }
    }

    private async Task<T> Send<T>(IRequest<T> request, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }
}
