using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace TaskMatrix.App.Storage;

/// <summary>Reads several queries as of one moment, without holding up a writer.</summary>
internal static class Snapshot
{
    /// <summary>What a session on PostgreSQL that reads the whole record calls itself meanwhile.</summary>
    public const string Name = "taskmatrix-whole";

    /// <summary>All that the context reads until the transaction is disposed is of one moment.</summary>
    public static async Task<IAsyncDisposable> Begin(StoreContext db, CancellationToken ct)
    {
        if (db is PostgresStore)
        {
            var whole = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            await db.Database.ExecuteSqlRawAsync($"SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL application_name = '{Name}'", ct);
            var usual = db.Database.GetCommandTimeout();
            db.Database.SetCommandTimeout(0);
            return new OfPostgres(db, whole, usual);
        }

        await db.Database.OpenConnectionAsync(ct);
        // EF would begin immediately and so take the writer's lock.
        var transaction = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return new OfSqlite(db, transaction, (await db.Database.UseTransactionAsync(transaction, ct))!);
    }

    /// <summary>What reads the whole record has no bound: neither the server's nor that of whoever waits for its answer.</summary>
    private sealed class OfPostgres(StoreContext db, IDbContextTransaction transaction, int? usual) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            db.Database.SetCommandTimeout(usual);
        }
    }

    /// <summary>Leaves the context as it was, for whoever reads with it next.</summary>
    private sealed class OfSqlite(StoreContext db, SqliteTransaction transaction, IDbContextTransaction told) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await told.DisposeAsync();
            await db.Database.CloseConnectionAsync();
        }
    }
}
