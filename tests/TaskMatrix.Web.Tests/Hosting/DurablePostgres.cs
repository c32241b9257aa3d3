using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>A PostgreSQL server with its durability as installed, which a test may crash. It ends with the pipe to its guardian.</summary>
internal sealed class DurablePostgres : IAsyncDisposable
{
    private const string Guardian =
        """
        "$2/initdb" -D "$1/data" -U taskmatrix --auth=trust -E UTF8 --no-locale --no-sync >"$1/log" 2>&1 || exit 1
        up() { "$2/pg_ctl" -D "$1/data" -l "$1/log" -w start -o "-p $3 -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200" >/dev/null; }
        up "$1" "$2" "$3" && echo done
        while read -r command; do
            case $command in
                crash) "$2/pg_ctl" -D "$1/data" -m immediate stop >/dev/null ;;
                kill) kill -9 "$(head -n 1 "$1/data/postmaster.pid")" ;;
                start) until up "$1" "$2" "$3"; do sleep 0.2; done ;;
            esac
            echo done
        done
        "$2/pg_ctl" -D "$1/data" -m immediate stop >/dev/null
        rm -rf "$1"
        """;

    private readonly Process _guardian;
    private readonly int _port;

    private DurablePostgres(Process guardian, int port) => (_guardian, _port) = (guardian, port);

    public static async Task<DurablePostgres> Start()
    {
        var (folder, port) = (Directory.CreateTempSubdirectory("taskmatrix-postgres-").FullName, FreePort());
        var binaries = Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order().Last();
        string[] guardian = ["sh", "-c", Guardian, "guardian", folder, binaries, $"{port}"];
        if (Environment.UserName == "root")
        {
            Process.Start("chown", ["postgres", folder]).WaitForExit();
            guardian = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. guardian];
        }

        var server = new DurablePostgres(
            Process.Start(new ProcessStartInfo(guardian[0], guardian[1..]) { WorkingDirectory = "/", RedirectStandardInput = true, RedirectStandardOutput = true })!, port);
        await server.Done();
        return server;
    }

    /// <summary>A database of a test's own.</summary>
    /// <param name="of">Which it is a copy of.</param>
    public async Task<string> Database(string name, string of = "template1")
    {
        await using var connection = new NpgsqlConnection(To("postgres"));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {of}", connection);
        await create.ExecuteNonQueryAsync();
        return To(name);
    }

    /// <summary>All of its processes end at once, as in a loss of power; nothing is written out.</summary>
    public Task Crash() => Tell("crash");

    /// <summary>SIGKILL of the server; its processes that work for somebody end when they notice.</summary>
    public Task Kill() => Tell("kill");

    /// <summary>SIGKILL of one process that works for somebody; the server ends all the others and comes up again by itself.</summary>
    public async Task KillOne(string connection)
    {
        await using var asking = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ToString());
        await asking.OpenAsync();
        await using var working = new NpgsqlCommand(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY state_change DESC LIMIT 1", asking);
        using var kill = Process.Start("kill", ["-9", $"{await working.ExecuteScalarAsync()}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
        while (await Answers(asking))
        {
        }

        while (!await Answers(new NpgsqlConnection(asking.ConnectionString)))
        {
        }
    }

    /// <summary>It reads its log and comes up as it was.</summary>
    public Task StartAgain() => Tell("start");

    public async ValueTask DisposeAsync()
    {
        _guardian.StandardInput.Close();
        await _guardian.WaitForExitAsync();
        _guardian.Dispose();
    }

    private static async Task<bool> Answers(NpgsqlConnection connection)
    {
        try
        {
            if (connection.State is System.Data.ConnectionState.Closed)
            {
                await connection.OpenAsync();
            }

            await using var ask = new NpgsqlCommand("SELECT 1", connection);
            return await ask.ExecuteScalarAsync() is 1;
        }
        catch (NpgsqlException)
        {
            await connection.CloseAsync();
            return false;
        }
    }

    private async Task Tell(string command)
    {
        await _guardian.StandardInput.WriteLineAsync(command);
        await _guardian.StandardInput.FlushAsync();
        await Done();
    }

    private async Task Done() => Assert.Equal("done", await _guardian.StandardOutput.ReadLineAsync());

    private string To(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = _port, Username = "taskmatrix", Database = database, MaxPoolSize = 30, Pooling = database != "postgres",
    }.ToString();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
