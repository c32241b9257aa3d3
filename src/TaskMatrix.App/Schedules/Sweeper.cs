using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TaskMatrix.App.Audit;
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
public sealed class Sweeper(
    IServiceScopeFactory scopes, SweepRequests requests, AppOptions options, DomainClock clock, AuditPartitions partitions, TimerSweep timers, SweepHealth health, ILogger<Sweeper> log)
{
    private static readonly Counter<long> Sweeps = Figures.Meter.CreateCounter<long>("taskmatrix.sweeps", description: "Sweeps that came to their end");
    private static readonly Counter<long> Done = Figures.Meter.CreateCounter<long>("taskmatrix.due", description: "What sweeps did, by kind: occurrence, timer, escalation");

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
            await MakePartitions(ct);
            await RunDue(ct);
            if (options.Postgres is not null && health.LastSweepAt is { } at)
            {
                await requests.Attempt(new NoteSweep.Command(at), ct);
            }

            await requests.Attempt(new ExportHeads.Command(OnlyFirstOfDay: true), ct);
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
        health.Begun();
        var begun = await requests.Attempt(new BeginDuePlans.Command(), ct);
        var occurrences = await Materialise(ct);
        var work = new DueWork(begun + occurrences, 0, 0) + await timers.Fire(ct);
        health.Swept(work);
        Count(work);
        return work;
    }

    private static void Count(DueWork work)
    {
        Sweeps.Add(1);
        Done.Add(work.Occurrences, new KeyValuePair<string, object?>("kind", "occurrence"));
        Done.Add(work.Timers, new KeyValuePair<string, object?>("kind", "timer"));
        Done.Add(work.Escalations, new KeyValuePair<string, object?>("kind", "escalation"));
    }

    /// <summary>Where it fails, entries go to the default partition and it is tried again.</summary>
    private async Task MakePartitions(CancellationToken ct)
    {
        try
        {
            await partitions.MakeAhead(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "The partitions of the coming months could not be made and will be tried again");
        }
    }

    /// <summary>The earliest later moment at which anything is due; null when nothing ever will be.</summary>
    public async Task<DateTimeOffset?> NextMoment(DateTimeOffset after, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Session>().Db;
        DateTimeOffset?[] moments =
        [
            await db.Schedules.Where(row => !row.Paused && row.NextAt > after).MinAsync(row => row.NextAt, ct),
            await db.Timers.Where(timer => !timer.SetAside && timer.DueAt > after).MinAsync(timer => (DateTimeOffset?)timer.DueAt, ct),
            await db.Plans.Where(plan => plan.Status == PlanStatus.Active && !plan.Begun && plan.BeginsAt > after).MinAsync(plan => plan.BeginsAt, ct),
        ];
        return moments.Min();
    }

    public Task StoreClock(CancellationToken ct) => requests.Attempt(new StoreClock.Command(clock.Now), ct);

    /// <summary>All together; if that fails, duty by duty, so that only the faulty one is left behind.</summary>
    private async Task<int> Materialise(CancellationToken ct)
    {
        try
        {
            return (await requests.Send(new MaterialiseDue.Command(), ct)).Created;
        }
        catch (Exception e) when (SweepRequests.IsFault(e))
        {
            log.LogError(e, "Occurrences could not be made together; trying each duty by itself");
            health.Failed(e);
        }

        var created = 0;
        foreach (var duty in await DueDuties(ct))
        {
            created += (await requests.Attempt(new MaterialiseDue.Command([duty]), ct))?.Created ?? 0;
        }

        return created;
    }

    private Task<List<string>> DueDuties(CancellationToken ct)
    {
        var now = clock.Now;
        return requests.Read(db => db.Schedules.Where(row => !row.Paused && row.NextAt <= now).Select(row => row.DutyId).Distinct(), ct);
    }
}
