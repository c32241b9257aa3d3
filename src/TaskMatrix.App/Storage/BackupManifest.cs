using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;

namespace TaskMatrix.App.Storage;

/// <summary>What a backup holds, so that a restore can prove that all of it came back.</summary>
/// <param name="Format">1.</param>
/// <param name="Database">sqlite or postgres: the copy goes back into the same kind.</param>
/// <param name="TakenAt">Wall clock, UTC.</param>
/// <param name="Migration">The newest one applied.</param>
/// <param name="Counts">Rows of every table.</param>
/// <param name="Heads">Of every chain; one with its sequence and hash stands for all of its entries.</param>
/// <param name="Bytes">Of the copy.</param>
/// <param name="Sha256">Of the copy, lower-case hex.</param>
public sealed record BackupManifest(
    int Format, string Database, bool Exercise, DateTimeOffset TakenAt, string Migration, IReadOnlyDictionary<string, long> Counts,
    IReadOnlyList<ExportedHead> Heads, long Bytes, string Sha256)
{
    public const int CurrentFormat = 1;

    internal static string Kind(AppOptions options) => options.Postgres is null ? "sqlite" : "postgres";

    /// <summary>All read of one moment, when the caller holds a snapshot or nobody else writes.</summary>
    internal static async Task<BackupManifest> Of(StoreContext db, AppOptions options, DateTimeOffset takenAt, CancellationToken ct)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct())
        {
            counts[table] = await db.Database.SqlQueryRaw<long>(string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) AS \"Value\" FROM {table}")).SingleAsync(ct);
        }

        var heads = (await db.ChainHeads.AsNoTracking().OrderBy(head => head.Jurisdiction).ThenBy(head => head.Unit).ToListAsync(ct))
            .Select(head => new ExportedHead(ChainCheck.Name(head.Jurisdiction, head.Unit), head.Sequence, head.Hash)).ToList();
        var migration = (await db.Database.GetAppliedMigrationsAsync(ct)).Last();
        return new BackupManifest(CurrentFormat, Kind(options), options.Exercise, takenAt, migration, counts, heads, 0, "");
    }

    /// <returns>The first difference in words; null when both hold the same.</returns>
    internal string? Differs(BackupManifest other)
    {
        var table = Counts.FirstOrDefault(count => other.Counts.GetValueOrDefault(count.Key, -1) != count.Value);
        return table.Key is { } name ? $"{name}: {table.Value} rows, not {other.Counts.GetValueOrDefault(name, -1)}"
            : Heads.Except(other.Heads).FirstOrDefault() is { } head ? $"chain {head.Chain} does not end at {head.Sequence}"
            : Heads.Count != other.Heads.Count ? "there are other chains" : null;
    }
}
