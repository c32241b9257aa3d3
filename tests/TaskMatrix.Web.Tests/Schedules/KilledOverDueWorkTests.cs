using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Npgsql;
using TaskMatrix.Web.Tests.Hosting;
using Xunit.Abstractions;

namespace TaskMatrix.Web.Tests.Schedules;

/// <summary>The server is killed again and again while occurrences, deadlines and rungs fall due; nobody is there but the clock.</summary>
public sealed class KilledOverDueWorkTests(ITestOutputHelper output)
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("TASKMATRIX_LONG") == "1" ? 30 : 3;

    /// <summary>Later than this after a downtime it would be caught up, not done.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Everything_happens_at_its_moment_and_once_as_if_nobody_had_killed_it(bool onPostgres)
    {
        await using var postgres = onPostgres ? await DurablePostgres.Start() : null;
        var (folder, connection) = (RunningApi.NewFolder(), postgres is null ? null : await postgres.Database("undisturbed"));
        using (var first = await ServerProcess.Start(folder, connection))
        {
            Assert.Equal(0, await first.Stop());
        }

        var (twin, twinConnection) = (RunningApi.NewFolder(), postgres is null ? null : await postgres.Database("killed", "undisturbed"));
        foreach (var file in Directory.GetFiles(folder))
        {
            File.Copy(file, Path.Combine(twin, Path.GetFileName(file)));
        }

        using (var server = await ServerProcess.Start(folder, connection))
        {
            await Advance(server);
        }

        var (expected, entries) = (await Happened(folder, connection), await Count(folder, connection));
        (folder, connection) = (twin, twinConnection);
        for (var round = 0; round < Rounds; round++)
        {
            using var server = await ServerProcess.Start(folder, connection);
            Assert.False(await StandsBehind(folder, connection), "the clock stands before what has happened");
            var (advancing, far) = (Advance(server), new Random(round).NextInt64(entries * round / Rounds, entries * (2 * round + 1) / (2 * Rounds)));
            while (!advancing.IsCompleted && await Count(folder, connection) <= far)
            {
                await Task.Yield();
            }

            Assert.False(advancing.IsCompleted, "it had ended before it was killed");
            server.Kill();
            await Task.WhenAny(advancing);
        }

        using (var last = await ServerProcess.Start(folder, connection))
        {
            Assert.False(await StandsBehind(folder, connection), "the clock stands before what has happened");
            await Advance(last);
        }

        Alike(expected, await Happened(folder, connection));
        output.WriteLine($"{Rounds} kills over {expected.Count} entries and messages");
    }

    private static async Task Advance(ServerProcess server)
    {
        var person = new WorkLedger();
        await person.SignIn(server.Address);
        var (status, json) = await person.Do(server.Address, "/api/exercise/advance", new JsonObject { ["to"] = "2020-02-03T09:00:00+08:00" });
        // Where it was killed between its last work and its answer, the clock has gone on from there.
        Assert.True(status == HttpStatusCode.OK || json?.ToJsonString().Contains("exercise.back-in-time", StringComparison.Ordinal) == true, $"{status} {json?.ToJsonString()}");
    }

    /// <summary>
    /// The same to each occurrence and its people. After a kill the clock goes on, and what had not happened yet at its moment
    /// happens when the next server is there: never earlier, and a little later at most.
    /// </summary>
    private static void Alike(List<string> expected, List<string> happened)
    {
        Assert.Equal(expected.Select(What), happened.Select(What));
        Assert.All(expected.Zip(happened, (one, other) => Ticks(other) - Ticks(one)), later => Assert.InRange(later, 0, Late.Ticks));

        static string What(string line) => line[..line.LastIndexOf(' ')];
        static long Ticks(string line) => long.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }

    /// <summary>What became of each occurrence, and who was told how much of what, each with its moment.</summary>
    private static async Task<List<string>> Happened(string folder, string? postgres) =>
    [
        .. await Read(folder, postgres, """
            SELECT COALESCE(duty, '') || ' ' || issued_to || ' ' || COALESCE(occurrence, '') || ' ' || action || ' ' || CAST(at AS TEXT) AS line
            FROM audit JOIN tasks ON tasks.id = audit.task_id ORDER BY duty, issued_to, occurrence, number, task_sequence
            """),
        .. await Read(folder, postgres, "SELECT jurisdiction || ' ' || address || ' ' || kind || ' ' || CAST(sum(count) AS TEXT) || ' 0' AS line FROM messages GROUP BY jurisdiction, address, kind ORDER BY line"),
    ];

    /// <summary>Whether the clock is stored as before what has happened.</summary>
    private static async Task<bool> StandsBehind(string folder, string? postgres)
    {
        var stored = DateTimeOffset.Parse((await Read(folder, postgres, "SELECT value FROM settings WHERE key = 'exercise.clock'"))[0], CultureInfo.InvariantCulture);
        return stored.UtcTicks < await Number(folder, postgres, "SELECT CAST(max(at) AS TEXT) FROM audit");
    }

    private static Task<long> Count(string folder, string? postgres) => Number(folder, postgres, "SELECT CAST(count(*) AS TEXT) FROM audit");

    private static async Task<long> Number(string folder, string? postgres, string sql) => long.Parse((await Read(folder, postgres, sql))[0], CultureInfo.InvariantCulture);

    private static async Task<List<string>> Read(string folder, string? postgres, string sql)
    {
        await using DbConnection connection = postgres is null ? new SqliteConnection($"Data Source={Path.Combine(folder, "exercise.db")};Mode=ReadOnly;Pooling=False") : new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
