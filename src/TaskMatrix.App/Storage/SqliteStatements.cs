using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace TaskMatrix.App.Storage;

/// <summary>Keeps every statement prepared on the one connection that writes.</summary>
/// <param name="watch">Null: nobody watches.</param>
internal sealed class SqliteStatements(SqliteConnection connection, StatementWatch? watch) : Statements, IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    private readonly Dictionary<string, SqliteWriting> _writings = [];

    /// <summary>The transaction that all statements run in; null outside one.</summary>
    public SqliteTransaction? Transaction { get; set; }

    public override Task<List<T>> Read<T>(Change query, Func<DbDataReader, T> row, CancellationToken ct)
    {
        var command = Bind(query);
        var rows = new List<T>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                rows.Add(row(reader));
            }
        }

        Watch(query.Statement.Sql);
        return Task.FromResult(rows);
    }

    public override Task Write(IReadOnlyList<Change> changes, CancellationToken ct)
    {
        foreach (var change in changes)
        {
            var rows = Writing(change.Statement.Sql).Run(change.Values);
            Watch(change.Statement.Sql);
            if (rows != 1 && change.Statement.One)
            {
                throw new DbUpdateConcurrencyException("The row is not as it was read.");
            }
        }

        return Task.CompletedTask;
    }

    private void Watch(string sql)
    {
        if (watch?.Invoke(sql) is { } behind)
        {
            using var further = new SqliteWriting(connection.Handle!, behind);
            further.Run([]);
        }
    }

    private SqliteWriting Writing(string sql) =>
        _writings.TryGetValue(sql, out var known) ? known : _writings[sql] = new SqliteWriting(connection.Handle!, sql);

    /// <summary>Runs a statement without parameters that is no part of a command's work.</summary>
    public void Run(string sql) => Prepared(sql, 0).ExecuteNonQuery();

    public void Dispose()
    {
        foreach (var part in _prepared.Values.Concat<IDisposable>(_writings.Values))
        {
            part.Dispose();
        }
    }

    private SqliteCommand Bind(Change change)
    {
        var command = Prepared(change.Statement.Sql, change.Values.Length);
        for (var i = 0; i < change.Values.Length; i++)
        {
            command.Parameters[i].Value = change.Values[i] ?? DBNull.Value;
        }

        return command;
    }

    private SqliteCommand Prepared(string sql, int parameters)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= parameters; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            }

            _prepared[sql] = command;
        }

        command.Transaction = Transaction;
        return command;
    }
}
