using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace TaskMatrix.Web.Tests.Hosting;

public sealed class StopTests
{
    /// <summary>Longer than the library of the command line waits by itself.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(4);

    /// <summary>A sweep and the sender of messages may be among those that wait, if the machine is slow.</summary>
    private const int OwnWork = 2;

    private static readonly int Rounds = Environment.GetEnvironmentVariable("TASKMATRIX_LONG") == "1" ? 50 : 5;

    /// <summary>So many work at once in the book.</summary>
    private const int People = 4;

    [Fact]
    public async Task What_is_being_done_when_it_is_told_to_stop_is_done_and_answered()
    {
        var (folder, ledger) = (RunningApi.NewFolder(), new WorkLedger());
        using (var server = await ServerProcess.Start(folder))
        {
            await ledger.SignIn(server.Address);
            await UntilNothingElseWrites(server);
            await using var other = new SqliteConnection($"Data Source={Path.Combine(folder, "exercise.db")};Pooling=False");
            await other.OpenAsync();
            await using var held = other.BeginTransaction(deferred: false);
            var (_, work) = ledger.Work(server.Address, People);
            while (await server.Figure("taskmatrix_writes_waiting") < People)
            {
                Assert.False(work.IsCompleted);
            }

            var stopped = server.Stop();
            Assert.NotSame(stopped, await Task.WhenAny(stopped, Task.Delay(Long)));
            await held.RollbackAsync();

            await work;
            Assert.Equal(0, await stopped);
        }

        Assert.InRange(ledger.Answered.Count, People - OwnWork, People);
        using var again = await ServerProcess.Start(folder);
        await ledger.Check(again.Address);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task However_far_its_start_is_when_it_is_told_to_stop_it_ends(bool onPostgres)
    {
        await using var postgres = onPostgres ? await DurablePostgres.Start() : null;
        var (folder, connection) = (RunningApi.NewFolder(), postgres is null ? null : await postgres.Database("stopped"));
        using (var listening = await ServerProcess.Start(folder, connection))
        {
            Assert.Equal(0, await listening.Stop());
        }

        for (var round = 0; round < Rounds; round++)
        {
            File.Delete(Path.Combine(folder, "exercise.db.lock"));
            var (exit, said) = await ServerProcess.StopAfter(() => Begun(folder, connection), TimeSpan.FromMilliseconds(new Random(round).Next(0, 1_500)), folder, connection);
            Assert.True(exit == 0, said);
        }

        using var again = await ServerProcess.Start(folder, connection);
        var ledger = new WorkLedger();
        await ledger.SignIn(again.Address);
        await ledger.Check(again.Address);
    }

    [Fact]
    public async Task Who_is_still_sending_when_it_is_told_to_stop_is_told_to_come_again()
    {
        using var server = await ServerProcess.Start(RunningApi.NewFolder());
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port);
        await using var stream = client.GetStream();
        using var answer = new StreamReader(stream);
        await stream.WriteAsync("POST /api/tokens HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 100036\r\n\r\n{\"userName\":"u8.ToArray());
        // It asks for the body when it begins to read it.
        Assert.Equal("HTTP/1.1 100 Continue", await answer.ReadLineAsync());
        // So much that the web server does not call it too slow while we look on.
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"\"{new string('x', 60_000)}"));

        var stopped = server.Stop();

        var said = await answer.ReadToEndAsync();
        Assert.Contains("HTTP/1.1 503 ", said);
        Assert.Contains("Retry-After: ", said);
        Assert.Equal(0, await stopped);
    }

    /// <summary>It has taken the folder, or talks to its database.</summary>
    private static async Task<bool> Begun(string folder, string? postgres)
    {
        if (postgres is null)
        {
            return File.Exists(Path.Combine(folder, "exercise.db.lock"));
        }

        await using var asking = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false }.ToString());
        await asking.OpenAsync();
        await using var sessions = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", asking);
        return await sessions.ExecuteScalarAsync() is > 0L;
    }

    /// <summary>A sweep writes every ten seconds; we go on when one has just ended.</summary>
    private static async Task UntilNothingElseWrites(ServerProcess server)
    {
        for (var swept = await server.Figure("taskmatrix_sweeps_total"); await server.Figure("taskmatrix_sweeps_total") == swept;)
        {
        }

        for (var inARow = 0; inARow < 5;)
        {
            inARow = await server.Figure("taskmatrix_writes_waiting") == 0 ? inARow + 1 : 0;
        }
    }
}
