using System.ComponentModel;
using System.Diagnostics;
using Npgsql;

namespace TaskMatrix.App.Storage;

/// <summary>PostgreSQL's own programs, found on the path or where Debian puts them. The password goes by the environment, never by the command line.</summary>
internal static class PostgresPrograms
{
    private const string Installed = "/usr/lib/postgresql";

    /// <param name="version">Of the server, as the program's should be: a newer one writes settings that the server does not know.</param>
    /// <exception cref="BackupException">It is not installed, or ended with a fault.</exception>
    public static async Task<string> Run(string program, int version, string connection, string[] arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Find(program, version, Installed), arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        Connect(start.Environment, new NpgsqlConnectionStringBuilder(connection));
        try
        {
            using var process = Process.Start(start)!;
            var (said, faults) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
            process.StandardInput.Close();
            await process.WaitForExitAsync(ct);
            return process.ExitCode == 0 ? await said : throw new BackupException($"{program}: {(await faults).Trim()}") { Exit = process.ExitCode };
        }
        catch (Win32Exception)
        {
            throw new BackupException($"{program} is needed; install PostgreSQL's client programs (Debian: apt-get install postgresql-client)");
        }
    }

    internal static void Connect(IDictionary<string, string?> environment, NpgsqlConnectionStringBuilder to)
    {
        (environment["PGHOST"], environment["PGPORT"], environment["PGDATABASE"], environment["PGUSER"]) = (to.Host, $"{to.Port}", to.Database, to.Username);
        (environment["PGPASSWORD"], environment["PGSSLMODE"]) = (to.Password, to.SslMode.ToString().ToLowerInvariant() switch { "verifyca" => "verify-ca", "verifyfull" => "verify-full", var mode => mode });
        foreach (var (name, value) in new[] { ("PGSSLROOTCERT", to.RootCertificate), ("PGSSLCERT", to.SslCertificate), ("PGSSLKEY", to.SslKey), ("PGPASSFILE", to.Passfile) })
        {
            // What it does not name, the environment of this program may.
            environment[name] = value ?? (environment.TryGetValue(name, out var known) ? known : null);
        }

        environment["PGCONNECT_TIMEOUT"] = "15";
    }

    /// <summary>The server's major one.</summary>
    public static async Task<int> Version(string connection, CancellationToken ct)
    {
        await using var asking = new NpgsqlConnection(PostgresSession.Once(connection));
        await asking.OpenAsync(ct);
        return asking.PostgreSqlVersion.Major;
    }

    /// <param name="installed">Folder in which each version has one.</param>
    /// <returns>The oldest that is not older than the server; else the newest; else the one on the path.</returns>
    internal static string Find(string program, int version, string installed)
    {
        var found = (Directory.Exists(installed) ? Directory.GetDirectories(installed) : []).Where(folder => File.Exists(Path.Combine(folder, "bin", program)))
            .Select(folder => (Folder: folder, Version: int.TryParse(Path.GetFileName(folder), out var number) ? number : 0)).OrderBy(one => one.Version).ToList();
        return found.Count == 0
            ? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) ?? program
            : Path.Combine(found.Append(found[^1]).First(one => one.Version >= version || one == found[^1]).Folder, "bin", program);
    }
}
