using Npgsql;
using TaskMatrix.Benchmarks.Measuring;

namespace TaskMatrix.Benchmarks.Figures;

/// <summary>Actions of 8 clients on PostgreSQL, against one-row inserts of 8 clients, each in a durable commit of its own.</summary>
internal sealed class PostgresActions(BenchSystem system, NpgsqlDataSource raw, TimeSpan side) : Comparison
{
    private const int Count = 8;

    private readonly NpgsqlDataSource _raw = raw;

    private int _each = 4;

    public static async Task<Comparison> Prepare(Workplace place, CancellationToken ct)
    {
        var connection = await Postgres.NewDatabase(ct);
        var actions = new PostgresActions(await BenchSystem.Start(place.NewFolder("postgres"), connection), NpgsqlDataSource.Create(connection), place.Side);
        await using (var create = actions._raw.CreateCommand("CREATE TABLE raw (id BIGSERIAL PRIMARY KEY, text TEXT NOT NULL)"))
        {
            await create.ExecuteNonQueryAsync(ct);
        }

        await actions.Numerator(ct);
        return actions;
    }

    public override async Task<double> Numerator(CancellationToken ct)
    {
        var tasks = await TaskActions.Tasks(system, Count, _each);
        var rate = await TaskActions.Rate(system, tasks);
        _each = Math.Max(2, (int)(rate * side.TotalSeconds / TaskActions.OfEach / Count));
        return rate;
    }

    /// <summary>Each client keeps its connection and a prepared insert, as pgbench does with -M prepared.</summary>
    public override async Task<double> Denominator(CancellationToken ct)
    {
        var inserts = await Task.WhenAll(Enumerable.Range(0, Count).Select(async _ =>
        {
            var connection = await _raw.OpenConnectionAsync(ct);
            var insert = new NpgsqlCommand("INSERT INTO raw (text) VALUES ($1)", connection) { Parameters = { new NpgsqlParameter { Value = new string('x', 100) } } };
            await insert.PrepareAsync(ct);
            return insert;
        }));
        var rate = await Clients.Run(Count, side, client => inserts[client].ExecuteNonQueryAsync(ct));
        foreach (var insert in inserts)
        {
            await insert.Connection!.DisposeAsync();
        }

        return rate;
    }

    public override async ValueTask DisposeAsync()
    {
        await system.DisposeAsync();
        await _raw.DisposeAsync();
    }
}
