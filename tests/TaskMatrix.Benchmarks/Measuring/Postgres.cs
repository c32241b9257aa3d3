using Npgsql;
using TaskMatrix.App.Tests.Storage;

namespace TaskMatrix.Benchmarks.Measuring;

/// <summary>Databases on a private PostgreSQL server whose commits are durable.</summary>
internal static class Postgres
{
    private static int _count;

    /// <returns>Connection string of an empty database.</returns>
    public static async Task<string> NewDatabase(CancellationToken ct)
    {
        var cluster = await PostgresCluster.Durable;
        var name = $"taskmatrix_{Interlocked.Increment(ref _count)}";
        await using var connection = new NpgsqlConnection(cluster.ConnectionTo("postgres", pooling: false));
        await connection.OpenAsync(ct);
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE template0", connection);
        await create.ExecuteNonQueryAsync(ct);
        return cluster.ConnectionTo(name, pooling: true);
    }
}
