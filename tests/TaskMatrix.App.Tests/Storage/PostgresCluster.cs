using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>
/// A private PostgreSQL server, started with the first test that needs one. It lives as long as the pipe to its guardian
/// process, so it stops and cleans up however the test run ends.
/// </summary>
internal sealed class PostgresCluster
{
    private const string Binaries = "/usr/lib/postgresql";

    /// <summary>Speed before safety: nothing of a test outlives the run.</summary>
    private const string Careless = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off";

    /// <summary>As an installation would run it.</summary>
    private const string Careful = "-c shared_buffers=256MB";

    /// <summary>Arguments: folder, binaries, port, settings.</summary>
    private const string Guardian =
        """
        set -e
        "$2/initdb" -D "$1/data" -U taskmatrix --auth=trust -E UTF8 --no-locale --no-sync >"$1/log" 2>&1
        "$2/pg_ctl" -D "$1/data" -l "$1/log" -w start -o "-p $3 -c listen_addresses=127.0.0.1 -c unix_socket_directories='' \
          $4 -c max_connections=300" >/dev/null
        echo ready
        cat >/dev/null
        "$2/pg_ctl" -D "$1/data" -m immediate stop >/dev/null
        rm -rf "$1"
        """;

    private static readonly Lazy<Task<PostgresCluster>> Started = new(() => Start(Careless)), StartedDurable = new(() => Start(Careful));

    private readonly int _port;

    private readonly Process _guardian;

    private PostgresCluster(int port, Process guardian) => (_port, _guardian) = (port, guardian);

    public static Task<PostgresCluster> Running => Started.Value;

    /// <summary>A server whose answered commits are on the disk, for measuring.</summary>
    public static Task<PostgresCluster> Durable => StartedDurable.Value;

    public string ConnectionTo(string database, bool pooling) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = _port, Username = "taskmatrix", Database = database, Pooling = pooling, MaxPoolSize = 60,
        IncludeErrorDetail = true,
    }.ToString();

    private static async Task<PostgresCluster> Start(string settings)
    {
        var (folder, port) = (Directory.CreateTempSubdirectory("taskmatrix-postgres-").FullName, FreePort());
        var guardian = Process.Start(Launch(folder, FindBinaries(), port, settings))!;
        if (await guardian.StandardOutput.ReadLineAsync() != "ready")
        {
            var log = Path.Combine(folder, "log");
            throw new InvalidOperationException(
                $"PostgreSQL did not start: {await guardian.StandardError.ReadToEndAsync()} {(File.Exists(log) ? await File.ReadAllTextAsync(log) : "")}");
        }

        return new PostgresCluster(port, guardian);
    }

    /// <summary>PostgreSQL refuses to run as root, so root hands over to the account that Debian's package makes.</summary>
    private static ProcessStartInfo Launch(string folder, string binaries, int port, string settings)
    {
        string[] guardian = ["sh", "-c", Guardian, "guardian", folder, binaries, $"{port}", settings];
        if (Environment.UserName == "root")
        {
            Process.Start("chown", ["postgres", folder]).WaitForExit();
            guardian = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. guardian];
        }

        return new ProcessStartInfo(guardian[0], guardian[1..])
        {
            WorkingDirectory = "/", RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
    }

    private static string FindBinaries()
    {
        var versions = Directory.Exists(Binaries) ? Directory.GetDirectories(Binaries).Select(version => Path.Combine(version, "bin")) : [];
        return versions.Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order().LastOrDefault()
            ?? throw new InvalidOperationException(
                $"The tests need PostgreSQL's own programs below {Binaries}. Run eng/install-test-tools, or: apt-get install -y postgresql");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
