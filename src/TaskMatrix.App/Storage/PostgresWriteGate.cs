using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace TaskMatrix.App.Storage;

/// <summary>Several nodes write to one server: each command its own transaction, run again when another one came first.</summary>
/// <param name="interceptors">See every command before it runs; none by default.</param>
public sealed class PostgresWriteGate(NpgsqlDataSource source, IEnumerable<IInterceptor> interceptors) : IWriteGate, IReadContexts
{
    private const int Attempts = 8;

    /// <summary>Used again and again: making a context costs more than most statements.</summary>
    private readonly PooledDbContextFactory<PostgresStore> _writing = new(
        new DbContextOptionsBuilder<PostgresStore>().UseNpgsql(source).AddInterceptors(interceptors).Options, poolSize: 64);

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
                await using var db = await _writing.CreateDbContextAsync(ct);
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
            catch (Exception e) when (StoreFaults.IsAway(e))
            {
                throw new StoreUnavailableException(e);
            }
        }
    }

    private static bool CameSecond(Exception e) =>
        e is DbUpdateConcurrencyException
        || StoreFaults.Postgres(e) is { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation };
}
