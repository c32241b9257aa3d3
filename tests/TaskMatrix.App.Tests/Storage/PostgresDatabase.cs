using Npgsql;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>A database on the PostgreSQL server of this test run.</summary>
public sealed class PostgresDatabase : ITestDatabase
{
    private static readonly Templates Templates = new(Make);

    private static int _count;

    public bool SeveralNodes => true;

    public async Task<string?> Copy(Prepared prepared, string folder) => await Create(await Templates.Get(prepared));

    public async Task<string?> Empty(string folder) => await Create("template0");

    private static async Task<string> Make(Prepared prepared)
    {
        var connection = await Create("template0");
        var folder = Directory.CreateTempSubdirectory("taskmatrix-template-").FullName;
        await TestSystem.Prepare(prepared, connection, folder);
        Directory.Delete(folder, recursive: true);
        return new NpgsqlConnectionStringBuilder(connection).Database!;
    }

    private static async Task<string> Create(string template)
    {
        var cluster = await PostgresCluster.Running;
        var name = $"taskmatrix_{Interlocked.Increment(ref _count)}";
        await using var connection = new NpgsqlConnection(cluster.ConnectionTo("postgres", pooling: false));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {template}", connection);
        await create.ExecuteNonQueryAsync();
        return cluster.ConnectionTo(name, pooling: true);
    }
}
