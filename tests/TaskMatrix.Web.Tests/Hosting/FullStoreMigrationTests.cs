using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using TaskMatrix.App.Storage;
using Xunit.Abstractions;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>A store in which people have worked, killed while it is brought to the schema of this program: their work stays.</summary>
public sealed class FullStoreMigrationTests(ITestOutputHelper output)
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("TASKMATRIX_LONG") == "1" ? 30 : 2;

    [Fact]
    public async Task A_migration_of_a_full_store_killed_midway_loses_nothing()
    {
        var folder = RunningApi.NewFolder();
        var (file, log) = (Path.Combine(folder, "exercise.db"), new FileInfo(Path.Combine(folder, "exercise.db-wal")));
        await KillMigrations(folder, null, () => new SqliteStore(new DbContextOptionsBuilder<SqliteStore>().UseSqlite($"Data Source={file};Pooling=False").Options), round =>
        {
            var far = new Random(round).Next(1, 300_000);
            return () =>
            {
                log.Refresh();
                return Task.FromResult(log.Exists && log.Length > far);
            };
        });
    }

    [Fact]
    public async Task A_migration_of_a_full_store_of_postgres_killed_midway_loses_nothing()
    {
        await using var postgres = await DurablePostgres.Start();
        var connection = await postgres.Database("worked");
        await using var watch = new NpgsqlConnection(connection);
        await watch.OpenAsync();
        await using var locks = new NpgsqlCommand("SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())", watch);
        await KillMigrations(RunningApi.NewFolder(), connection, () => new PostgresStore(new DbContextOptionsBuilder<PostgresStore>().UseNpgsql(connection).Options), round =>
        {
            var far = new Random(round).Next(0, 12);
            return async () => (long)(await locks.ExecuteScalarAsync())! > far;
        });
    }

    /// <summary>Each round takes the last migrations back, kills the verb that brings them, brings them, and asks the book of who worked.</summary>
    private async Task KillMigrations(string folder, string? postgres, Func<StoreContext> store, Func<int, Func<Task<bool>>> moment)
    {
        var (ledger, killed, unfinished) = (new WorkLedger(), 0, 0);
        string[] migrate = ["migrate", "--exercise", "--data", folder];
        await Work(folder, postgres, ledger);
        for (var round = 0; round < Rounds || (unfinished == 0 && round < 10 * Rounds); round++)
        {
            await TakeBack(store);
            killed += await ServerProcess.RunUntil(postgres, moment(round), migrate) ? 1 : 0;
            unfinished += await Lacks(store) ? 1 : 0;

            var (exit, said) = await ServerProcess.Run(postgres, migrate);
            Assert.True(exit == 0, said);
            Assert.False(await Lacks(store));
            await Work(folder, postgres, ledger);
        }

        output.WriteLine($"{killed} killed, {unfinished} of them before the schema was there; {ledger.Answered.Count} tasks in the book");
        Assert.True(unfinished > 0, "none was killed before the schema was there");
    }

    private static async Task Work(string folder, string? postgres, WorkLedger ledger)
    {
        using var server = await ServerProcess.Start(folder, postgres);
        await ledger.SignIn(server.Address);
        await ledger.Check(server.Address);
        await ledger.WorkAWhile(server.Address, 5);
        Assert.Equal(0, await server.Stop());
    }

    /// <summary>To before the indexes of the tasks were replaced, which touches every row of theirs.</summary>
    private static async Task TakeBack(Func<StoreContext> store)
    {
        await using (var db = store())
        {
            if (db is SqliteStore)
            {
                // EF waits for it for ever; who was killed has left it there, and the program looks only where there is something to migrate.
                await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"");
            }

            var all = db.Database.GetMigrations().ToList();
            await db.GetService<IMigrator>().MigrateAsync(all[all.FindIndex(id => id.EndsWith("_LeanTaskIndexes", StringComparison.Ordinal)) - 1]);
        }

        SqliteConnection.ClearAllPools();
    }

    private static async Task<bool> Lacks(Func<StoreContext> store)
    {
        await using var db = store();
        return (await db.Database.GetPendingMigrationsAsync()).Any();
    }
}
