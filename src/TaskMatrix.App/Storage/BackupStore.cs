using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;

namespace TaskMatrix.App.Storage;

/// <summary>A backup or a restore that cannot be done; nothing was changed.</summary>
public sealed class BackupException(string message) : Exception(message)
{
    /// <summary>Of the program that it was left to; null: of none.</summary>
    internal int? Exit { get; init; }
}

/// <summary>
/// Copies the whole store, of one moment, into one file while people work: a zip with the copy, the exported heads and
/// <c>manifest.json</c>. The copy is checked before the file gets its name.
/// </summary>
public sealed class BackupStore(AppOptions options, IReadContexts contexts, TimeProvider wall)
{
    internal const string Manifest = "manifest.json", Copy = "database", Heads = "heads/";

    /// <param name="file">Must not exist, unless forced; appears when it is whole.</param>
    /// <exception cref="BackupException">The copy could not be made or is not whole; no file was left.</exception>
    public async Task<BackupManifest> Run(string file, bool force, CancellationToken ct)
    {
        if (File.Exists(file) && !force)
        {
            throw new BackupException($"{file} exists; give another name or --force");
        }

        var work = OwnFolder(Path.GetFullPath(file) + ".part");
        try
        {
            var copy = Path.Combine(work, Copy);
            var manifest = await (options.Postgres is null ? CopySqlite(copy, ct) : CopyPostgres(copy, ct));
            manifest = manifest with { Bytes = new FileInfo(copy).Length, Sha256 = await Sha256(copy, ct) };
            var packed = Path.Combine(work, "packed.zip");
            await Pack(packed, copy, manifest, ct);
            File.Move(packed, file, overwrite: true);
            return manifest;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>For whoever makes it alone, and empty: password hashes and the key ring come into it.</summary>
    internal static string OwnFolder(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path).FullName
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    internal static async Task<string> Sha256(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
    }

    /// <summary>VACUUM INTO reads one moment's state and holds up no writer; a copy of the live files would be torn. Who only reads puts no log into the file, whether a server runs or not.</summary>
    private async Task<BackupManifest> CopySqlite(string copy, CancellationToken ct)
    {
        if (!File.Exists(options.DatabaseFile))
        {
            throw new BackupException($"there is no database at {options.DatabaseFile}");
        }

        await using (var source = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = options.DatabaseFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 0 }.ToString()))
        {
            await source.OpenAsync(ct);
            await using var vacuum = source.CreateCommand();
            vacuum.CommandText = "PRAGMA busy_timeout=30000; VACUUM INTO $copy;";
            vacuum.Parameters.AddWithValue("$copy", copy);
            await vacuum.ExecuteNonQueryAsync(ct);
        }

        return await CheckSqlite(copy, options, wall.GetUtcNow(), ct);
    }

    /// <summary>Structure, every hash and every task of a copy that nobody else has open.</summary>
    /// <param name="place">Whose exported heads it is held against.</param>
    internal static async Task<BackupManifest> CheckSqlite(string copy, AppOptions place, DateTimeOffset takenAt, CancellationToken ct)
    {
        if (await StoreCheck.StructureFault(copy, whole: true, ct) is { } damage)
        {
            throw new BackupException($"the copy is damaged: {damage}");
        }

        var file = new SqliteFile(copy);
        try
        {
            await RequireIntact(place, file, ct);
            await using var db = file.Create();
            return await BackupManifest.Of(db, place, takenAt, ct);
        }
        finally
        {
            file.CloseReaders();
        }
    }

    internal static async Task RequireIntact(AppOptions place, IReadContexts contexts, CancellationToken ct)
    {
        var result = await new VerifyRecord.Handler(place, contexts).Handle(new VerifyRecord.Query(), ct);
        if (result.FirstBroken is { } broken)
        {
            throw new BackupException($"the record is broken: chain {broken.Chain}, sequence {broken.Sequence}: {broken.Why}");
        }
    }

    /// <summary>pg_dump and the counts look at one exported snapshot.</summary>
    private async Task<BackupManifest> CopyPostgres(string copy, CancellationToken ct)
    {
        await RequireIntact(options, contexts, ct);
        await using var db = contexts.Create();
        await using var snapshot = await Snapshot.Begin(db, ct);
        var id = await db.Database.SqlQueryRaw<string>("SELECT pg_export_snapshot() AS \"Value\"").SingleAsync(ct);
        var manifest = await BackupManifest.Of(db, options, wall.GetUtcNow(), ct);
        var owner = options.PostgresOwner ?? options.Postgres!;
        await PostgresPrograms.Run("pg_dump", await PostgresPrograms.Version(owner, ct), owner, ["--format=custom", "--no-owner", "--no-acl", $"--snapshot={id}", $"--file={copy}"], ct);
        return manifest;
    }

    private async Task Pack(string packed, string copy, BackupManifest manifest, CancellationToken ct)
    {
        await using var file = new FileStream(packed, FileMode.CreateNew, FileAccess.Write);
        if (!OperatingSystem.IsWindows())
        {
            // Password hashes and the key ring are in it.
            File.SetUnixFileMode(packed, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await using (var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct))
        {
            await using (var entry = await zip.CreateEntry(Manifest).OpenAsync(ct))
            {
                await JsonSerializer.SerializeAsync(entry, manifest, JsonColumn.Options, ct);
            }

            await zip.CreateEntryFromFileAsync(copy, Copy, CompressionLevel.Fastest, ct);
            foreach (var heads in ExportedHeads.Files(options))
            {
                await zip.CreateEntryFromFileAsync(heads, Heads + Path.GetFileName(heads), CompressionLevel.Fastest, ct);
            }
        }

        file.Flush(flushToDisk: true);
    }
}
