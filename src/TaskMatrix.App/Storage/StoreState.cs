using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Schedules;

namespace TaskMatrix.App.Storage;

/// <summary>What tells early that the store or the queue falls behind.</summary>
/// <param name="OldestTransaction">A long one holds back claims, checkpoints and cleaning.</param>
/// <param name="Unfired">Timers that are due for longer than two sweeps and not set aside.</param>
/// <param name="OldestUnfired">How long the first of them is due; domain time.</param>
/// <param name="SetAside">Timers given up until somebody retries them.</param>
/// <param name="LogBytes">Of SQLite's log; 0 on PostgreSQL.</param>
public sealed record StoreState(TimeSpan OldestTransaction, int Unfired, TimeSpan OldestUnfired, int SetAside, long LogBytes);

/// <summary>Looks at the store for health checks and figures.</summary>
public sealed class StoreWatch(AppOptions options, IReadContexts contexts, BoundedWriteGate gate, DomainClock clock)
{
    /// <summary>From here on a transaction or a due timer counts as stuck.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<StoreState> Look(CancellationToken ct)
    {
        await using var db = contexts.Create();
        var (now, settled) = (clock.Now, clock.Now - DueSweep.Interval - DueSweep.Interval);
        var unfired = db.Timers.Where(timer => !timer.SetAside && timer.DueAt <= settled);
        var oldest = await unfired.MinAsync(timer => (DateTimeOffset?)timer.DueAt, ct);
        return new StoreState(
            await OldestTransaction(db, ct), oldest is null ? 0 : await unfired.CountAsync(ct), now - (oldest ?? now),
            await db.Timers.CountAsync(timer => timer.SetAside, ct), options.Postgres is null && new FileInfo(options.DatabaseFile + "-wal") is { Exists: true } log ? log.Length : 0);
    }

    private async Task<TimeSpan> OldestTransaction(StoreContext db, CancellationToken ct) => db is PostgresStore
        ? TimeSpan.FromSeconds(await db.Database.SqlQueryRaw<double>(
            """
            SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0)::float8 AS "Value"
            FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
            """).SingleAsync(ct))
        : gate.Oldest;
}
