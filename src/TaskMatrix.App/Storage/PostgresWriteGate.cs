using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace TaskMatrix.App.Storage;

/// <summary>Several nodes write to one server: each command its own transaction, run again when another one came first.</summary>
/// <param name="interceptors">See every command before it runs; none by default.</param>
public sealed class PostgresWriteGate(NpgsqlDataSource source, IEnumerable<IInterceptor> interceptors) : IWriteGate, IReadContexts
{
    private const int Attempts = 8;

    private readonly DbContextOptions<PostgresStore> _writing = new DbContextOptionsBuilder<PostgresStore>().UseNpgsql(source)
        .AddInterceptors(interceptors).Options;

    private readonly DbContextOptions<PostgresStore> _reading = new DbContextOptionsBuilder<PostgresStore>().UseNpgsql(source)
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).AddInterceptors(interceptors).Options;

    private readonly CommandWatch _watch = new(interceptors);

    public StoreContext Create() => new PostgresStore(_reading);

    public async Task<T> Run<T>(Func<StoreContext, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var db = new PostgresStore(_writing);
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                db.Database.AutoSavepointsEnabled = false;
                db.Statements = new PostgresStatements((NpgsqlConnection)db.Database.GetDbConnection(), _watch);
                var result = await work(db, ct);
                await transaction.CommitAsync(ct);
                return result;
            }
            catch (Exception e) when (attempt < Attempts && CameSecond(e))
            {
                // Another node or command changed the same rows first: look again, decide again.
            }
            catch (Exception e) when (Unavailable(e))
            {
                throw new StoreUnavailableException(e);
            }
        }
    }

    private static bool CameSecond(Exception e) =>
        e is DbUpdateConcurrencyException
        || Postgres(e) is { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation };

    private static bool Unavailable(Exception e) =>
        Postgres(e) is { SqlState: PostgresErrorCodes.DiskFull or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.ReadOnlySqlTransaction }
        || (e is NpgsqlException or { InnerException: NpgsqlException } && Postgres(e) is null);

    /// <summary>EF wraps it once for a failed save and once more where it calls the failure transient.</summary>
    private static PostgresException? Postgres(Exception? e) => e is null ? null : e as PostgresException ?? Postgres(e.InnerException);
}
