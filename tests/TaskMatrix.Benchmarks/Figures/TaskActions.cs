using TaskMatrix.Benchmarks.Measuring;

namespace TaskMatrix.Benchmarks.Figures;

/// <summary>
/// What people do with their tasks all day: acknowledge, report progress three times, submit, approve. Each task is made
/// before the round begins.
/// </summary>
internal static class TaskActions
{
    public const int OfEach = 6;

    public static async Task<Queue<Guid>[]> Tasks(BenchSystem system, int clients, int each)
    {
        var queues = Enumerable.Range(0, clients).Select(_ => new Queue<Guid>()).ToArray();
        await Task.WhenAll(queues.Select((queue, client) => Task.Run(async () =>
        {
            while (queue.Count < each)
            {
                queue.Enqueue((await Lifecycle.Create(system, Lifecycle.UnitOf(client))).Id);
            }
        })));
        return queues;
    }

    /// <param name="first">Place of the first client among all, which says the unit it acts for.</param>
    /// <returns>Actions a second.</returns>
    public static Task<double> Rate(BenchSystem system, Queue<Guid>[] tasks, int first = 0) => Clients.Time(async () =>
    {
        var done = await Task.WhenAll(tasks.Select((queue, client) => Task.Run(async () =>
        {
            var unit = Lifecycle.UnitOf(first + client);
            var count = 0;
            for (; queue.TryDequeue(out var task); count += OfEach)
            {
                await All(system, task, unit);
            }

            return count;
        })));
        return done.Sum();
    });

    private static async Task All(BenchSystem system, Guid task, string unit)
    {
        system.Clock.NextMinute();
        await Lifecycle.Acknowledge(system, task, unit);
        for (var i = 0; i < 3; i++)
        {
            await Lifecycle.Progress(system, task, unit);
        }

        await Lifecycle.Submit(system, task, unit);
        await Lifecycle.Approve(system, task);
    }
}

/// <summary>Actions of 32 clients on SQLite, against one-row durable commits.</summary>
internal sealed class SqliteActions(BenchSystem system, RawSqlite raw, TimeSpan side) : Comparison
{
    private const int Count = 32;

    private int _each = 4;

    public static async Task<Comparison> Prepare(Workplace place, CancellationToken ct)
    {
        var actions = new SqliteActions(await BenchSystem.Start(place.NewFolder("actions")), new RawSqlite(place.NewFolder("raw")), place.Side);
        await actions.Numerator(ct);
        return actions;
    }

    /// <summary>As many tasks as the round before would have needed to fill the time.</summary>
    public override async Task<double> Numerator(CancellationToken ct)
    {
        var tasks = await TaskActions.Tasks(system, Count, _each);
        var rate = await TaskActions.Rate(system, tasks);
        _each = Math.Max(2, (int)(rate * side.TotalSeconds / TaskActions.OfEach / Count));
        return rate;
    }

    public override Task<double> Denominator(CancellationToken ct) => Task.FromResult(raw.Commits(side));

    public override ValueTask DisposeAsync()
    {
        raw.Dispose();
        return system.DisposeAsync();
    }
}
