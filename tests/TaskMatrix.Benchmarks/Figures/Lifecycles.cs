using TaskMatrix.Benchmarks.Measuring;

namespace TaskMatrix.Benchmarks.Figures;

/// <summary>Whole lifecycles on SQLite with 8 clients, against one-row durable commits.</summary>
internal sealed class Lifecycles(BenchSystem system, RawSqlite raw, TimeSpan side) : Comparison
{
    private const int Count = 8;

    public static async Task<Comparison> Prepare(Workplace place, CancellationToken ct)
    {
        var lifecycles = new Lifecycles(await BenchSystem.Start(place.NewFolder("lifecycles")), new RawSqlite(place.NewFolder("raw")), place.Side);
        await Clients.Run(Count, TimeSpan.FromSeconds(2), lifecycles.Once);
        return lifecycles;
    }

    public override Task<double> Numerator(CancellationToken ct) => Clients.Run(Count, side, Once);

    public override Task<double> Denominator(CancellationToken ct) => Task.FromResult(raw.Commits(side));

    public override ValueTask DisposeAsync()
    {
        raw.Dispose();
        return system.DisposeAsync();
    }

    private async Task<int> Once(int client)
    {
        await Lifecycle.Whole(system, Lifecycle.UnitOf(client));
        return 1;
    }
}
