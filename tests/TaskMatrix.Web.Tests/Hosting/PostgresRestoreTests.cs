using Npgsql;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>A restore of PostgreSQL killed while it fills the tables, and when it just has.</summary>
public sealed class PostgresRestoreTests
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("TASKMATRIX_LONG") == "1" ? 20 : 2;

    /// <summary>A restore that came to its end stands in the record of both offices.</summary>
    private const int Told = 2;

    [Fact]
    public async Task A_restore_of_postgres_killed_at_any_moment_leaves_the_old_state_or_the_new_one()
    {
        await using var postgres = await DurablePostgres.Start();
        var (connection, folder, backup) = (await postgres.Database("restored"), RunningApi.NewFolder(), Path.Combine(RunningApi.NewFolder(), "monday.backup"));
        await Work(folder, connection);
        var (exit, said) = await ServerProcess.Run(connection, "backup", backup, "--exercise", "--data", folder);
        Assert.True(exit == 0, said);
        var saved = await Entries(connection);
        var killed = 0;
        for (var round = 0; round < 2 * Rounds || (killed == 0 && round < 20 * Rounds); round++)
        {
            await Work(folder, connection);
            var later = await Entries(connection);
            Assert.True(later > saved);
            killed += await ServerProcess.RunUntil(connection, await Moment(connection, round), "restore", backup, "--force", "--exercise", "--data", folder) ? 1 : 0;
            await Settled(connection);

            Assert.Contains(await Entries(connection), new[] { saved, saved + Told, later });
            (exit, said) = await ServerProcess.Run(connection, "verify", "--exercise", "--data", folder);
            Assert.True(exit == 0, $"round {round}: {said}");
        }

        Assert.True(killed > 0, "each ended before it was killed");
        (exit, said) = await ServerProcess.Run(connection, "restore", backup, "--force", "--exercise", "--data", folder);
        Assert.True(exit == 0, said);
        Assert.Equal(saved + Told, await Entries(connection));
    }

    /// <summary>Entries that are newer than the backup, and heads that say so: a server that has worked and was stopped.</summary>
    private static async Task Work(string folder, string connection)
    {
        using var server = await ServerProcess.Start(folder, connection);
        var person = new WorkLedger();
        await person.SignIn(server.Address);
        await person.WorkAWhile(server.Address, 2);
        Assert.Equal(0, await server.Stop());
    }

    /// <summary>While tables are made, by how many locks are held; or as soon as the new state is there, by what is known only in the old one.</summary>
    private static async Task<Func<Task<bool>>> Moment(string connection, int round)
    {
        if (round % 2 == 0)
        {
            var far = new Random(round).Next(1, 150);
            return async () => await Number(connection, "SELECT count(*) FROM pg_locks WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database())") > far;
        }

        await Number(connection, "INSERT INTO settings (key, value) VALUES ('test.old', '') ON CONFLICT DO NOTHING RETURNING 1");
        return async () =>
        {
            try
            {
                return await Number(connection, "SELECT count(*) FROM settings WHERE key = 'test.old'") == 0;
            }
            catch (PostgresException)
            {
                // Its table went while we waited for it.
                return true;
            }
        };
    }

    /// <summary>What the killed one had begun at the server comes to its end, one way or the other.</summary>
    private static async Task Settled(string connection)
    {
        while (await Number(connection, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()") > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    private static Task<long> Entries(string connection) => Number(connection, "SELECT count(*) FROM audit");

    private static async Task<long> Number(string connection, string sql)
    {
        await using var asking = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false, CommandTimeout = 0 }.ToString());
        await asking.OpenAsync();
        await using var command = new NpgsqlCommand(sql, asking);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
