using System.Diagnostics;
using Quartz;
using TaskMatrix.Benchmarks.Measuring;

namespace TaskMatrix.Benchmarks.Figures;

/// <summary>One-off triggers of Quartz that are due at once, in its own tables on the same store.</summary>
internal sealed class QuartzTriggers(Action<IPersistentStoreBuilder> store)
{
    private const int Count = 400;

    private static int _left;

    private static TaskCompletionSource _done = new();

    private int _round;

    /// <returns>Triggers fired a second, with the scheduler's defaults and 10 threads.</returns>
    public async Task<double> Fire(CancellationToken ct)
    {
        var name = $"round-{++_round}";
        await using var scheduler = await QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.UseDefaultThreadPool(10).UsePersistentStore(store);
        }).BuildScheduler(ct);
        var job = JobBuilder.Create<Nothing>().WithIdentity(name).StoreDurably().Build();
        await scheduler.AddJob(job, new AddJobOptions(), ct);
        for (var i = 0; i < Count; i++)
        {
            await scheduler.ScheduleTrigger(TriggerBuilder.Create().ForJob(job).WithIdentity($"{name}-{i}").StartNow().Build(), TriggerConflict.Throw, ct);
        }

        (_left, _done) = (Count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var watch = Stopwatch.StartNew();
        await scheduler.Start(ct);
        await _done.Task.WaitAsync(TimeSpan.FromMinutes(2), ct);
        var rate = Count / watch.Elapsed.TotalSeconds;
        await scheduler.Shutdown(true, ct);
        return rate;
    }

    private sealed class Nothing : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default)
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _done.SetResult();
            }

            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>Due timers of tasks on SQLite, against Quartz on SQLite.</summary>
internal sealed class QuartzOnSqlite(BenchSystem system, QuartzTriggers quartz) : Comparison
{
    private const int Due = 2_000;

    public static async Task<Comparison> Prepare(Workplace place, CancellationToken ct)
    {
        var system = await BenchSystem.Start(DataSets.Copy(place, await DataSets.Open(place, 50_000)), activate: false);
        await DueTimers.Fire(system, Due);
        var file = Path.Combine(place.NewFolder("quartz"), "quartz.db");
        return new QuartzOnSqlite(system, new QuartzTriggers(store =>
        {
            store.UseSqlite($"Data Source={file}");
            store.ProvisionSchema();
        }));
    }

    public override Task<double> Numerator(CancellationToken ct) => DueTimers.Fire(system, Due);

    public override Task<double> Denominator(CancellationToken ct) => quartz.Fire(ct);

    public override ValueTask DisposeAsync() => system.DisposeAsync();
}

/// <summary>The same on PostgreSQL, where the tasks are made beforehand by commands.</summary>
internal sealed class QuartzOnPostgres(BenchSystem system, QuartzTriggers quartz) : Comparison
{
    private const int Due = 5_000;

    public static async Task<Comparison> Prepare(Workplace place, CancellationToken ct)
    {
        var connection = await Postgres.NewDatabase(ct);
        var system = await BenchSystem.Start(place.NewFolder("postgres"), connection);
        await TaskActions.Tasks(system, 8, Due * (place.Rounds + 1) / 8);
        await DueTimers.Fire(system, Due);
        return new QuartzOnPostgres(system, new QuartzTriggers(store =>
        {
            store.UsePostgres(connection);
            store.ProvisionSchema();
        }));
    }

    public override Task<double> Numerator(CancellationToken ct) => DueTimers.Fire(system, Due);

    public override Task<double> Denominator(CancellationToken ct) => quartz.Fire(ct);

    public override ValueTask DisposeAsync() => system.DisposeAsync();
}
