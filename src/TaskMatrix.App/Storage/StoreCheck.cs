using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
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

    /// <returns>The migrations that are still to be applied.</returns>
    /// <exception cref="StoreRefusedException">newer, migration-missing, vanished, behind-heads</exception>
    public static async Task<IReadOnlyList<string>> Contents(StoreContext db, AppOptions options, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var (known, applied) = (db.Migrations, (await Applied(db, ct)).Order(StringComparer.Ordinal).ToList());
        if (applied.Except(known).LastOrDefault() is { } newer)
        {
            throw new StoreRefusedException("store.newer", newer, known[^1]);
        }

        if (known.Take(applied.Count).Except(applied).FirstOrDefault() is { } gap)
        {
            throw new StoreRefusedException("store.migration-missing", gap);
        }

        if (applied.Count == 0 && await Has(db, "tasks", ct))
        {
            throw new StoreRefusedException("store.migration-missing", known[0]);
        }

        await CompareHeads(db, applied.Count == 0, options, ct);
        return [.. known.Skip(applied.Count)];
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

    /// <summary>Read without EF's own reader, which makes a model of that one table first.</summary>
    private static async Task<IReadOnlyList<string>> Applied(StoreContext db, CancellationToken ct)
    {
        var applied = new List<string>();
        if (await Has(db, HistoryRepository.DefaultTableName, ct))
        {
            await using var rows = await StoredRows.Ask(db, $"SELECT \"MigrationId\" FROM \"{HistoryRepository.DefaultTableName}\"", ct);
            while (await rows.Next(ct))
            {
                applied.Add(rows.Row.Text(0));
            }
        }

        return applied;
    }

    private static async Task<bool> Has(StoreContext db, string table, CancellationToken ct)
    {
        await using var rows = await (db is PostgresStore
            ? StoredRows.Ask(db, "SELECT 1 WHERE to_regclass($1) IS NOT NULL", ct, $"\"{table}\"")
            : StoredRows.Ask(db, "SELECT 1 FROM sqlite_master WHERE name = $1", ct, table));
        return await rows.Next(ct);
    }

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
