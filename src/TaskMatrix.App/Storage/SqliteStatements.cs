using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace TaskMatrix.App.Storage;

/// <summary>Keeps every statement prepared on the one connection that writes.</summary>
internal sealed class SqliteStatements(SqliteConnection connection, CommandWatch watch) : Statements, IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    private readonly Dictionary<string, SqliteWriting> _writings = [];

    /// <summary>The transaction that all statements run in; null outside one.</summary>
    public SqliteTransaction? Transaction { get; set; }

    public override async Task<List<T>> Read<T>(Change query, Func<DbDataReader, T> row, CancellationToken ct)
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

        await watch.Ran(command, ct);
        return rows;
    }

    public override async Task Write(IReadOnlyList<Change> changes, CancellationToken ct)
    {
        foreach (var change in changes)
        {
            var rows = watch.IsWatched ? await WriteWatched(change, ct) : Writing(change.Statement.Sql).Run(change.Values);
            if (rows != 1 && change.Statement.One)
            {
                throw new DbUpdateConcurrencyException("The row is not as it was read.");
            }
        }
    }

    /// <summary>Whoever watches sees commands of the driver.</summary>
    private async Task<int> WriteWatched(Change change, CancellationToken ct)
    {
        var command = Bind(change);
        var rows = command.ExecuteNonQuery();
        await watch.Ran(command, ct);
        return rows;
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
