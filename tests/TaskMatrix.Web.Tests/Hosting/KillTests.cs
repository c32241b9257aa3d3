using Microsoft.EntityFrameworkCore;
using Npgsql;
using TaskMatrix.App.Storage;
using Xunit.Abstractions;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>The server as a process of its own, killed without warning while people work; and the database server likewise.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("TASKMATRIX_LONG") == "1";

    /// <summary>Rounds; more with <c>./test --long</c>, and as many as <c>TASKMATRIX_ROUNDS</c> says.</summary>
    private static readonly int Rounds = RoundsOr(Long ? 200 : 5);

    /// <summary>Where a machine is so slow that each ends before it is killed, more are made.</summary>
    private static readonly int MigrationRounds = Long ? 30 : 2;

    private static readonly int RoundsOnPostgres = RoundsOr(Long ? 50 : 2);

    [Fact]
    public async Task What_was_answered_is_there_exactly_once_after_a_kill() => await KillTheServer(RunningApi.NewFolder(), null, Rounds);

    [Fact]
    public async Task What_was_answered_is_there_exactly_once_after_a_kill_of_the_server_before_postgres()
    {
        await using var postgres = await DurablePostgres.Start();
        await KillTheServer(RunningApi.NewFolder(), await postgres.Database("killed"), RoundsOnPostgres);
    }

    /// <summary>All of its processes at once, the server alone, or one of those that work for us.</summary>
    [Fact]
    public async Task What_was_answered_is_there_exactly_once_after_a_crash_of_the_database_server()
    {
        await using var postgres = await DurablePostgres.Start();
        var (ledger, rounds) = (new WorkLedger(), Rounds);
        var connection = await postgres.Database("crashed");
        using var server = await ServerProcess.Start(RunningApi.NewFolder(), connection);
        await ledger.SignIn(server.Address);
        for (var round = 0; round < rounds; round++)
        {
            var (reached, ended) = ledger.Work(server.Address, new Random(round).Next(3, 40));
            await reached;
            await (round % 3 == 0 ? postgres.Crash() : round % 3 == 1 ? postgres.Kill() : postgres.KillOne(connection));
            ledger.Enough = true;
            await ended;
            await (round % 3 == 2 ? Task.CompletedTask : postgres.StartAgain());
            await WorkLedger.Ready(server.Address);
            await ledger.Check(server.Address);
        }

        output.WriteLine($"{rounds} crashes, {ledger.Answered.Count} answered");
        Assert.True(ledger.Answered.Count >= rounds * 3);
    }

    [Fact]
    public async Task A_start_killed_while_it_made_the_schema_does_not_stop_the_next_one()
    {
        var options = new AppOptions { DataFolder = RunningApi.NewFolder(), ContentFolder = "" };
        await using (var connection = new SqliteFile(options.DatabaseFile).OpenWriter())
        {
            await using var held = connection.CreateCommand();
            held.CommandText = """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00+00:00');
                """;
            await held.ExecuteNonQueryAsync();
        }

        await Schema.Apply(options, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        await using var db = new SqliteFile(options.DatabaseFile).Create();
        Assert.Empty(await db.Tasks.ToListAsync());
    }

    [Fact]
    public async Task A_migration_killed_midway_leaves_a_store_that_can_be_migrated()
    {
        var killed = 0;
        for (var round = 0; round < MigrationRounds || (killed == 0 && round < 10 * MigrationRounds); round++)
        {
            var (folder, far) = (RunningApi.NewFolder(), new Random(round).Next(1, 300_000));
            var log = new FileInfo(Path.Combine(folder, "taskmatrix.db-wal"));
            killed += await ServerProcess.RunUntil(null, () => { log.Refresh(); return Task.FromResult(log.Exists && log.Length > far); }, "migrate", "--data", folder) ? 1 : 0;

            Assert.Equal((0, true), await Migrated(null, folder));
        }

        Assert.True(killed > 0, "each ended before it was killed");
    }

    [Fact]
    public async Task A_migration_of_postgres_killed_midway_leaves_a_store_that_can_be_migrated()
    {
        await using var postgres = await DurablePostgres.Start();
        var killed = 0;
        for (var round = 0; round < MigrationRounds || (killed == 0 && round < 10 * MigrationRounds); round++)
        {
            var connection = await postgres.Database($"migrated{round}");
            var (folder, far) = (RunningApi.NewFolder(), new Random(round).Next(1, 60));
            await using var watch = new NpgsqlConnection(connection);
            await watch.OpenAsync();
            await using var locks = new NpgsqlCommand("SELECT count(*) FROM pg_locks WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database())", watch);
            killed += await ServerProcess.RunUntil(connection, async () => (long)(await locks.ExecuteScalarAsync())! > far, "migrate", "--data", folder) ? 1 : 0;

            Assert.Equal((0, true), await Migrated(connection, folder));
        }

        Assert.True(killed > 0, "each ended before it was killed");
    }

    private static int RoundsOr(int usual) => int.TryParse(Environment.GetEnvironmentVariable("TASKMATRIX_ROUNDS"), out var said) ? said : usual;

    private static async Task<(int, bool)> Migrated(string? postgres, string folder)
    {
        var (exit, said) = await ServerProcess.Run(postgres, "migrate", "--data", folder);
        return (exit, said.Contains("the database has the schema of this program", StringComparison.Ordinal));
    }

    private async Task KillTheServer(string folder, string? postgres, int rounds)
    {
        var ledger = new WorkLedger();
        for (var round = 0; round < rounds; round++)
        {
            using var server = await ServerProcess.Start(folder, postgres);
            await ledger.SignIn(server.Address);
            await ledger.Check(server.Address);
            var (reached, ended) = ledger.Work(server.Address, new Random(round).Next(3, 40));
            await reached;
            server.Kill();
            await ended;
        }

        using var last = await ServerProcess.Start(folder, postgres);
        await ledger.Check(last.Address);
        output.WriteLine($"{rounds} kills, {ledger.Answered.Count} answered");
        Assert.True(ledger.Answered.Count >= rounds * 3);
    }
}
