using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace TaskMatrix.App.Storage;

/// <summary>Several nodes write to one server: each command its own transaction, run again when another one came first.</summary>
/// <param name="interceptors">See every command of EF's; none by default.</param>
/// <param name="watch">Sees every prepared statement; nobody by default.</param>
public sealed class PostgresWriteGate(NpgsqlDataSource source, IEnumerable<IInterceptor> interceptors, StatementWatch? watch = null) : IWriteGate, IReadContexts
{
    private const int Attempts = 8;

    /// <summary>Used again and again: making a context costs more than most statements.</summary>
    private readonly PooledDbContextFactory<PostgresStore> _writing = new(
        StoreOptions.Postgres.UseNpgsql(source).AddInterceptors([new SendFirst(), .. interceptors]).Options, poolSize: 64);

    private readonly PooledDbContextFactory<PostgresStore> _reading = new(
        StoreOptions.Postgres.UseNpgsql(source).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).AddInterceptors(interceptors).Options, poolSize: 64);

    /// <summary>
    /// Commands that write at once; further ones wait for their turn here, not for a connection: half of the pool stays with
    /// those who read, and a server with some processors does no more by being asked more at once.
    /// </summary>
    private readonly SemaphoreSlim _turns = new(Math.Clamp(new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxPoolSize / 2, 1, 32));

    public StoreContext Create() => _reading.CreateDbContext();

    public async Task<T> Ask<T>(Func<StoreContext, Task<T>> ask, CancellationToken ct)
    {
        await using var db = _reading.CreateDbContext();
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            db.Statements = new PostgresStatements((NpgsqlConnection)db.Database.GetDbConnection(), null);
            return await ask(db);
        }
        finally
        {
            // It is used again, by others and for queries of EF's; left open, it would keep its connection from then on.
            db.Statements = null;
            await db.Database.CloseConnectionAsync();
        }
    }

    public async Task<T> Run<T>(Func<StoreContext, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        if (!await _turns.WaitAsync(PostgresSession.Turn, ct))
        {
            throw new StoreUnavailableException(new TimeoutException("Too many commands write at once."));
        }

        try
        {
            return await UntilFirst(work, ct);
        }
        catch (Exception e) when (StoreFaults.IsAway(e))
        {
            throw new StoreUnavailableException(e);
        }
        finally
        {
            _turns.Release();
        }
    }

    private async Task<T> UntilFirst<T>(Func<StoreContext, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        for (var (attempt, waited) = (1, false); ; attempt++)
        {
            try
            {
                return await Attempt(work, ct);
            }
            catch (Exception e) when (attempt < Attempts && CameSecond(e))
            {
                // Another node or command changed the same rows first: look again, decide again.
            }
            catch (Exception e) when (!waited && StoreFaults.IsHeldUp(e))
            {
                waited = true;
            }
        }
    }

    private async Task<T> Attempt<T>(Func<StoreContext, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var db = await _writing.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.Database.AutoSavepointsEnabled = false;
        var statements = new PostgresStatements((NpgsqlConnection)db.Database.GetDbConnection(), watch);
        db.Statements = statements;
        var result = await work(db, ct);
        if (!await statements.Commit(ct))
        {
            await transaction.CommitAsync(ct);
        }

        return result;
    }

    private static bool CameSecond(Exception e) =>
        e is DbUpdateConcurrencyException
        || StoreFaults.Postgres(e) is { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation };
}
