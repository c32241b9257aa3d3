using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;

namespace TaskMatrix.App.Storage;

/// <summary>
/// Looks at the data before anything is migrated or served. What is damaged, gone, older than what is known from outside, or
/// newer than this program is refused with what to do; nothing is ever made anew in the place of something lost.
/// </summary>
internal static class StoreCheck
{
    /// <summary>Up to here the structure of the whole file is read at every start (about a second); larger ones when asked for.</summary>
    private const long WholeUpTo = 256L * 1024 * 1024;

    /// <summary>Only for whoever holds the lock: nobody else may have the file open.</summary>
    /// <exception cref="StoreRefusedException">vanished, restore-broken-off, damaged, log-damaged</exception>
    public static async Task Files(AppOptions options, CancellationToken ct)
    {
        var file = new FileInfo(options.DatabaseFile);
        if (!file.Exists || file.Length == 0)
        {
            RequireNew(options, file);
            return;
        }

        if (WriteAheadLog.Fault(file.FullName) is { } fault)
        {
            throw new StoreRefusedException("store.log-damaged", file.FullName + "-wal", fault);
        }

        if (await StructureFault(file.FullName, file.Length <= WholeUpTo, ct) is { } damage)
        {
            throw new StoreRefusedException("store.damaged", file.FullName, damage);
        }
    }

    /// <exception cref="StoreRefusedException">newer, migration-missing, vanished, behind-heads</exception>
    public static async Task Contents(StoreContext db, AppOptions options, CancellationToken ct)
    {
        var (known, applied) = (db.Database.GetMigrations().ToList(), (await db.Database.GetAppliedMigrationsAsync(ct)).ToList());
        if (applied.Except(known).LastOrDefault() is { } newer)
        {
            throw new StoreRefusedException("store.newer", newer, known[^1]);
        }

        if (known.Take(applied.Count).Except(applied).FirstOrDefault() is { } gap)
        {
            throw new StoreRefusedException("store.migration-missing", gap);
        }

        if (applied.Count == 0 && await HasTables(db, ct))
        {
            throw new StoreRefusedException("store.migration-missing", known[0]);
        }

        await CompareHeads(db, applied.Count == 0, options, ct);
    }

    /// <returns>The first fault; null when there is none.</returns>
    public static async Task<string?> StructureFault(string path, bool whole, CancellationToken ct)
    {
        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            await connection.OpenAsync(ct);
            await using var check = connection.CreateCommand();
            check.CommandText = whole ? "PRAGMA quick_check(1)" : "SELECT CASE WHEN count(*) >= 0 THEN 'ok' END FROM sqlite_master";
            return await check.ExecuteScalarAsync(ct) is string found && found != "ok" ? found : null;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 1 or 10 or 11 or 14 or 26)
        {
            return e.Message;
        }
    }

    private static void RequireNew(AppOptions options, FileInfo file)
    {
        if (Directory.Exists(RestoreStore.Workshop(options)))
        {
            throw new StoreRefusedException("store.restore-broken-off", file.FullName);
        }

        if (new FileInfo(file.FullName + "-wal") is { Exists: true, Length: > 0 } || ExportedHeads.Files(options).Count > 0)
        {
            throw new StoreRefusedException("store.vanished", file.FullName, options.HeadsFolder);
        }
    }

    private static Task<bool> HasTables(StoreContext db, CancellationToken ct) => db.Database.SqlQueryRaw<bool>(
        db is PostgresStore ? "SELECT to_regclass('tasks') IS NOT NULL AS \"Value\"" : "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'tasks') AS \"Value\"").SingleAsync(ct);

    /// <summary>The newest exported file is enough: chains only grow. Whether hashes fit is for verify to say.</summary>
    private static async Task CompareHeads(StoreContext db, bool empty, AppOptions options, CancellationToken ct)
    {
        if (ExportedHeads.Files(options) is not [.., var newest])
        {
            return;
        }

        if (empty)
        {
            throw new StoreRefusedException("store.vanished", options.Postgres is null ? options.DatabaseFile : "PostgreSQL", options.HeadsFolder);
        }

        var heads = await db.ChainHeads.AsNoTracking().ToDictionaryAsync(head => ChainCheck.Name(head.Jurisdiction, head.Unit), head => head.Sequence, ct);
        if (Readable(newest).FirstOrDefault(head => heads.GetValueOrDefault(head.Chain) < head.Sequence) is { } lost)
        {
            throw new StoreRefusedException("store.behind-heads", lost.Chain, $"{heads.GetValueOrDefault(lost.Chain)}", $"{lost.Sequence}", newest);
        }
    }

    private static IReadOnlyList<ExportedHead> Readable(string path)
    {
        try
        {
            return ExportedHeads.Read(path);
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
