using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace TaskMatrix.App.Storage;

/// <summary>Rows of one question, one after the other as they come: for going through the whole of a large table.</summary>
internal abstract class StoredRows : IAsyncDisposable
{
    /// <summary>Good until the next one.</summary>
    public abstract StoredRow Row { get; }

    /// <summary>On the connection of the context, in the transaction that it has begun.</summary>
    /// <param name="sql">Its parameters are <c>$1</c>, <c>$2</c> and so on, each named once and in that order.</param>
    public static async Task<StoredRows> Ask(StoreContext db, string sql, CancellationToken ct, params string[] values) =>
        db.Database.GetDbConnection() is SqliteConnection sqlite ? new OfSqlite(sqlite, sql, values) : await OfDriver.Ask(db, sql, values, ct);

    /// <returns>False when there is no further row.</returns>
    public abstract ValueTask<bool> Next(CancellationToken ct);

    public abstract ValueTask DisposeAsync();

    private sealed class OfSqlite : StoredRows
    {
        private readonly SqliteStatement _statement;

        public OfSqlite(SqliteConnection connection, string sql, string[] values)
        {
            _statement = new SqliteStatement(connection.Handle!, sql);
            _statement.Bind(values);
        }

        public override StoredRow Row => _statement;

        public override ValueTask<bool> Next(CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            return ValueTask.FromResult(_statement.Step());
        }

        public override ValueTask DisposeAsync()
        {
            _statement.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class OfDriver(DbCommand command, DbDataReader reader) : StoredRows
    {
        public static async Task<StoredRows> Ask(StoreContext db, string sql, string[] values, CancellationToken ct)
        {
            var command = db.Database.GetDbConnection().CreateCommand();
            (command.CommandText, command.CommandTimeout, command.Transaction) = (sql, 0, db.Database.CurrentTransaction?.GetDbTransaction());
            foreach (var value in values)
            {
                var parameter = command.CreateParameter();
                parameter.Value = value;
                command.Parameters.Add(parameter);
            }

            return new OfDriver(command, await command.ExecuteReaderAsync(ct));
        }

        public override StoredRow Row { get; } = new ReaderRow(reader);

        public override ValueTask<bool> Next(CancellationToken ct) => new(reader.ReadAsync(ct));

        public override async ValueTask DisposeAsync()
        {
            await reader.DisposeAsync();
            await command.DisposeAsync();
        }
    }
}
