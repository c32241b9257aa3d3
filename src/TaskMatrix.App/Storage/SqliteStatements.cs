using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace TaskMatrix.App.Storage;

/// <summary>Keeps every statement prepared on the one connection that writes.</summary>
/// <param name="watch">Null: nobody watches.</param>
internal sealed class SqliteStatements(SqliteConnection connection, StatementWatch? watch) : Statements, IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _prepared = [];

    public override Task<List<T>> Read<T>(Change query, Func<StoredRow, T> row, CancellationToken ct)
    {
        var rows = Prepared(query.Statement.Sql).Read(query.Values, row);
        Watch(query.Statement.Sql);
        return Task.FromResult(rows);
    }

    public override Task Write(IReadOnlyList<Change> changes, CancellationToken ct)
    {
        foreach (var change in changes)
        {
            var rows = Prepared(change.Statement.Sql).Run(change.Values);
            Watch(change.Statement.Sql);
            if (rows != 1 && change.Statement.One)
            {
                throw new DbUpdateConcurrencyException("The row is not as it was read.");
            }
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Dispose();
        }
    }

    private void Watch(string sql)
    {
        if (watch?.Invoke(sql) is { } behind)
        {
            using var further = new SqliteStatement(connection.Handle!, behind);
            further.Run([]);
        }
    }

    private SqliteStatement Prepared(string sql) =>
        _prepared.TryGetValue(sql, out var known) ? known : _prepared[sql] = new SqliteStatement(connection.Handle!, sql);
}
