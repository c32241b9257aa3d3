using System.ComponentModel;
using System.Diagnostics;
using Npgsql;

namespace TaskMatrix.App.Storage;

/// <summary>PostgreSQL's own programs, found on the path or where Debian puts them. The password goes by the environment, never by the command line.</summary>
internal static class PostgresPrograms
{
    private const string Installed = "/usr/lib/postgresql";

    /// <param name="connection">Null for a program that needs none.</param>
    /// <exception cref="BackupException">It is not installed, or ended with a fault.</exception>
    public static async Task<string> Run(string program, string? connection, string[] arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Find(program), arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (connection is not null)
        {
            Connect(start.Environment, new NpgsqlConnectionStringBuilder(connection));
        }

        try
        {
            using var process = Process.Start(start)!;
            var (said, faults) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
            process.StandardInput.Close();
            await process.WaitForExitAsync(ct);
            return process.ExitCode == 0 ? await said : throw new BackupException($"{program}: {(await faults).Trim()}");
        }
        catch (Win32Exception)
        {
            throw new BackupException($"{program} is needed; install PostgreSQL's client programs (Debian: apt-get install postgresql-client)");
        }
    }

    private static void Connect(IDictionary<string, string?> environment, NpgsqlConnectionStringBuilder to)
    {
        (environment["PGHOST"], environment["PGPORT"], environment["PGDATABASE"], environment["PGUSER"]) = (to.Host, $"{to.Port}", to.Database, to.Username);
        (environment["PGPASSWORD"], environment["PGSSLMODE"]) = (to.Password, to.SslMode.ToString().ToLowerInvariant() switch { "verifyca" => "verify-ca", "verifyfull" => "verify-full", var mode => mode });
        environment["PGCONNECT_TIMEOUT"] = "15";
    }

    private static string Find(string program)
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        return (Directory.Exists(Installed) ? Directory.GetDirectories(Installed).Order().Select(version => Path.Combine(version, "bin", program)).LastOrDefault(File.Exists) : null)
            ?? onPath ?? program;
    }
}
