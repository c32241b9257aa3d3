using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Schedules;

namespace TaskMatrix.App.Storage;

/// <summary>What tells early that the store or the queue falls behind.</summary>
/// <param name="OldestTransaction">A long one holds back claims, checkpoints and cleaning. Of a check or a backup counts what goes beyond <see cref="StoreWatch.WholePatience"/>.</param>
/// <param name="Unfired">Timers that are due for longer than two sweeps and not set aside.</param>
/// <param name="OldestUnfired">How long the first of them is due; domain time.</param>
/// <param name="SetAside">Timers given up until somebody retries them.</param>
/// <param name="Unsent">Messages and deliveries that wait for longer than their time, attempts that failed not counted.</param>
/// <param name="OldestUnsent">How long the first of them does; domain time.</param>
/// <param name="DeadLetters">Deliveries given up until somebody retries them.</param>
/// <param name="LogBytes">Of SQLite's log; 0 on PostgreSQL.</param>
public sealed record StoreState(TimeSpan OldestTransaction, int Unfired, TimeSpan OldestUnfired, int SetAside, int Unsent, TimeSpan OldestUnsent, int DeadLetters, long LogBytes);

/// <summary>Looks at the store for health checks and figures.</summary>
public sealed class StoreWatch(AppOptions options, IReadContexts contexts, BoundedWriteGate gate, DomainClock clock)
{
    /// <summary>From here on a transaction or a due timer counts as stuck.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>So long a check of the record or a backup of a large store on PostgreSQL may hold its snapshot.</summary>
    public static readonly TimeSpan WholePatience = TimeSpan.FromHours(2);

    public async Task<StoreState> Look(CancellationToken ct)
    {
        await using var db = contexts.Create();
        var (now, settled) = (clock.Now, clock.Now - DueSweep.Interval - DueSweep.Interval);
        var unfired = db.Timers.Where(timer => !timer.SetAside && timer.DueAt <= settled);
        var oldest = await unfired.MinAsync(timer => (DateTimeOffset?)timer.DueAt, ct);
        var unsent = db.Messages.Where(message => message.OutboxAt <= settled).Select(message => message.OutboxAt!.Value)
            .Concat(db.Deliveries.Where(delivery => delivery.State == DeliveryState.Waiting && delivery.DueAt <= settled).Select(delivery => delivery.DueAt));
        return new StoreState(
            await OldestTransaction(db, ct), oldest is null ? 0 : await unfired.CountAsync(ct), now - (oldest ?? now),
            await db.Timers.CountAsync(timer => timer.SetAside, ct), await unsent.CountAsync(ct), now - (await Oldest(unsent, ct) ?? now),
            await db.Deliveries.CountAsync(delivery => delivery.State == DeliveryState.SetAside, ct), options.Postgres is null && new FileInfo(options.DatabaseFile + "-wal") is { Exists: true } log ? log.Length : 0);
    }

    private static Task<DateTimeOffset?> Oldest(IQueryable<DateTimeOffset> moments, CancellationToken ct) => moments.MinAsync(moment => (DateTimeOffset?)moment, ct);

    private async Task<TimeSpan> OldestTransaction(StoreContext db, CancellationToken ct) => db is PostgresStore
        ? TimeSpan.FromSeconds(await db.Database.SqlQuery<double>(
            $"""
            SELECT greatest(0, max(extract(epoch FROM clock_timestamp() - xact_start)
                - CASE WHEN application_name IN ({Snapshot.Name}, 'pg_dump') THEN {WholePatience.TotalSeconds} ELSE 0 END))::float8 AS "Value"
            FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
            """).SingleAsync(ct))
        : gate.Oldest;
}
