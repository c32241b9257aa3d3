using System.IO.Compression;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;

namespace TaskMatrix.App.Storage;

/// <summary>
/// Puts a backup in the place of what is there. Everything is unpacked and checked beside first; the change itself is one
/// rename (SQLite) or one transaction (PostgreSQL), so a restore that is killed leaves the old state or the new one.
/// </summary>
public sealed class RestoreStore(AppOptions options, TimeProvider wall)
{
    /// <summary>Exit codes of psql after which nothing was changed; after a lost connection or a kill it may have been.</summary>
    private const int PsqlFault = 1, PsqlScriptFault = 3;

    /// <summary>Where a backup is unpacked; when it is found without a database, a restore was broken off.</summary>
    internal static string Workshop(AppOptions options) => options.DatabaseFile + ".restoring";

    /// <param name="force">Over data that is there already.</param>
    /// <exception cref="BackupException">Not a backup, not whole, of another kind, or there is data and no force; nothing was changed.</exception>
    public async Task<BackupManifest> Run(string file, bool force, CancellationToken ct)
    {
        var work = new AppOptions { DataFolder = Workshop(options), ContentFolder = "", Exercise = options.Exercise, Postgres = options.Postgres };
        Discard(work.DataFolder);
        var manifest = await Unpack(file, work, ct);
        Require(manifest);
        if (!force && await HasData(ct))
        {
            throw new BackupException("there is data already; --force replaces it");
        }

        try
        {
            await (options.Postgres is null ? ReplaceSqlite(manifest, work, ct) : ReplacePostgres(manifest, work, ct));
            return manifest;
        }
        finally
        {
            Discard(work.DataFolder);
        }
    }

    private static async Task<BackupManifest> Unpack(string file, AppOptions work, CancellationToken ct)
    {
        try
        {
            await using var zip = await ZipFile.OpenReadAsync(file, ct);
            await using var text = await (zip.GetEntry(BackupStore.Manifest) ?? throw new InvalidDataException("no manifest")).OpenAsync(ct);
            var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(text, JsonColumn.Options, ct) ?? throw new InvalidDataException("no manifest");
            BackupStore.OwnFolder(work.DataFolder);
            Directory.CreateDirectory(work.HeadsFolder);
            await (zip.GetEntry(BackupStore.Copy) ?? throw new InvalidDataException("no copy")).ExtractToFileAsync(work.DatabaseFile, overwrite: true, ct);
            foreach (var heads in zip.Entries.Where(entry => entry.FullName.StartsWith(BackupStore.Heads, StringComparison.Ordinal)))
            {
                await heads.ExtractToFileAsync(Path.Combine(work.HeadsFolder, Path.GetFileName(heads.FullName)), overwrite: true, ct);
            }

            return await BackupStore.Sha256(work.DatabaseFile, ct) == manifest.Sha256 ? manifest : throw new InvalidDataException("its copy does not have its SHA-256");
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or IOException)
        {
            Discard(work.DataFolder);
            throw new BackupException($"{file} is not a whole backup: {e.Message}");
        }
    }

    private void Require(BackupManifest manifest)
    {
        if (manifest.Format > BackupManifest.CurrentFormat || manifest.Database != BackupManifest.Kind(options) || manifest.Exercise != options.Exercise)
        {
            Discard(Workshop(options));
            throw new BackupException(
                $"this is a backup of {manifest.Database}{(manifest.Exercise ? ", an exercise (--exercise)" : "")}, format {manifest.Format}; here is {BackupManifest.Kind(options)}{(options.Exercise ? ", an exercise" : "")}");
        }
    }

    private async Task<bool> HasData(CancellationToken ct)
    {
        if (options.Postgres is null)
        {
            return new FileInfo(options.DatabaseFile) is { Exists: true, Length: > 0 };
        }

        await using var db = new PostgresStore(StoreOptions.Postgres.UseNpgsql(PostgresSession.Once(options.PostgresOwner ?? options.Postgres)).Options);
        return await db.Database.SqlQueryRaw<bool>("SELECT to_regclass('tasks') IS NOT NULL AS \"Value\"").SingleAsync(ct);
    }

    private async Task ReplaceSqlite(BackupManifest manifest, AppOptions work, CancellationToken ct)
    {
        await RequireSame(manifest, await BackupStore.CheckSqlite(work.DatabaseFile, work, manifest.TakenAt, ct));
        Flush(work.DatabaseFile);
        ct.ThrowIfCancellationRequested();
        SettleOld();
        SetHeadsAside();
        File.Move(work.DatabaseFile, options.DatabaseFile, overwrite: true);
        TakeHeads(work);
    }

    /// <summary>
    /// A log left beside the new file would be read into it. What can still be opened puts its own log into its file; what
    /// cannot is set aside whole.
    /// </summary>
    private void SettleOld()
    {
        try
        {
            if (File.Exists(options.DatabaseFile) && WriteAheadLog.Fault(options.DatabaseFile) is null)
            {
                using var old = new SqliteFile(options.DatabaseFile).OpenWriter();
            }
        }
        catch (SqliteException)
        {
            // Damaged: set aside below.
        }

        if (File.Exists(options.DatabaseFile + "-wal") || File.Exists(options.DatabaseFile + "-shm"))
        {
            foreach (var part in new[] { "", "-wal", "-shm" }.Where(part => File.Exists(options.DatabaseFile + part)))
            {
                File.Move(options.DatabaseFile + part, Aside(Path.GetFileName(options.DatabaseFile) + part));
            }
        }
    }

    /// <summary>The heads exported since the backup would say that entries are missing; they are kept as evidence.</summary>
    /// <returns>Where each was and is.</returns>
    private List<(string From, string To)> SetHeadsAside()
    {
        var moved = ExportedHeads.Files(options).Select(heads => (From: heads, To: Aside(Path.GetFileName(heads)))).ToList();
        moved.ForEach(heads => File.Move(heads.From, heads.To));
        return moved;
    }

    private string Aside(string name) =>
        Path.Combine(Directory.CreateDirectory(Path.Combine(options.DataFolder, $"before-restore-{wall.GetUtcNow():yyyyMMddTHHmmss}")).FullName, name);

    private void TakeHeads(AppOptions work)
    {
        Directory.CreateDirectory(options.HeadsFolder);
        foreach (var heads in ExportedHeads.Files(work))
        {
            File.Move(heads, Path.Combine(options.HeadsFolder, Path.GetFileName(heads)), overwrite: true);
        }
    }

    /// <summary>
    /// One transaction empties the schema, fills it, compares the counts and heads and grants the rights; only then it counts.
    /// Heads are set aside before: were we killed, psql may still come to its end, and they would call the new state broken.
    /// </summary>
    private async Task ReplacePostgres(BackupManifest manifest, AppOptions work, CancellationToken ct)
    {
        var owner = options.PostgresOwner ?? options.Postgres!;
        var version = await PostgresPrograms.Version(owner, ct);

        // Files, not a pipe: were we killed, psql would take the end of its input for the end of the script and commit half of it.
        string[] scripts = [.. new[] { "first", "restore", "last" }.Select(name => Path.Combine(work.DataFolder, name + ".sql"))];
        await File.WriteAllTextAsync(scripts[0], "SET lock_timeout = '10s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public;", ct);
        await PostgresPrograms.Run("pg_restore", version, owner, ["--no-owner", "--no-acl", $"--file={scripts[1]}", work.DatabaseFile], ct);
        await File.WriteAllTextAsync(scripts[2], Comparison(manifest) + PostgresRights.Script(owner, options.Postgres!), ct);
        var aside = SetHeadsAside();
        try
        {
            await PostgresPrograms.Run(
                "psql", version, owner, ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null", .. scripts.Select(script => $"--file={script}")], CancellationToken.None);
        }
        catch (BackupException e) when (e.Exit is null or PsqlFault or PsqlScriptFault)
        {
            aside.ForEach(heads => File.Move(heads.To, heads.From));
            throw;
        }

        TakeHeads(work);
        await using var source = Npgsql.NpgsqlDataSource.Create(PostgresSession.Once(options.Postgres!));
        await BackupStore.RequireIntact(options, new PostgresWriteGate(source, []), ct);
    }

    private static string Comparison(BackupManifest manifest)
    {
        var counts = manifest.Counts.Select(count => $"IF (SELECT count(*) FROM public.{count.Key}) <> {count.Value} THEN RAISE EXCEPTION '{count.Key} is not whole'; END IF;");
        var heads = manifest.Heads.Select(head => $"IF NOT EXISTS (SELECT 1 FROM public.chain_heads WHERE jurisdiction || '/' || unit = '{head.Chain.Replace("'", "''", StringComparison.Ordinal)}' AND sequence = {head.Sequence} AND hash = '{head.Hash}') THEN RAISE EXCEPTION 'a chain does not end where it did'; END IF;");
        return $"DO $compare$ BEGIN {string.Join('\n', counts.Concat(heads))} END $compare$;";
    }

    private static Task RequireSame(BackupManifest wanted, BackupManifest found) =>
        wanted.Differs(found) is { } difference ? throw new BackupException($"the copy does not hold what its manifest says: {difference}") : Task.CompletedTask;

    private static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    private static void Discard(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
