using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TaskMatrix.App.Storage;

/// <summary>
/// One prepared statement, bound and read by place. The driver's own command looks each parameter up by its name and makes a
/// reader even for rows that never come, which was half of what a change cost.
/// </summary>
internal sealed class SqliteStatement : StoredRow, IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    /// <exception cref="SqliteException">The statement cannot be prepared.</exception>
    public SqliteStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), connection);
    }

    /// <returns>Rows that were changed, without those that triggers changed.</returns>
    /// <exception cref="SqliteException">Refused by the database; nothing of the statement was done.</exception>
    public int Run(object?[] values)
    {
        try
        {
            Bind(values);
            Step();
            return raw.sqlite3_changes(_connection);
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    /// <param name="row">Called with each row; it is good until the next one.</param>
    /// <exception cref="SqliteException">Refused by the database.</exception>
    public List<T> Read<T>(object?[] values, Func<StoredRow, T> row)
    {
        try
        {
            Bind(values);
            var rows = new List<T>();
            while (Step())
            {
                rows.Add(row(this));
            }

            return rows;
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    public override bool IsNull(int place) => raw.sqlite3_column_type(_statement, place) == raw.SQLITE_NULL;

    public override string Text(int place) => raw.sqlite3_column_text(_statement, place).utf8_to_string();

    public override ReadOnlySpan<byte> Bytes(int place) => raw.sqlite3_column_blob(_statement, place);

    public override long Number(int place) => raw.sqlite3_column_int64(_statement, place);

    public override bool Flag(int place) => Number(place) != 0;

    public override Guid Id(int place) => Guid.Parse(Bytes(place));

    public void Dispose() => _statement.Dispose();

    /// <returns>False when there is no further row.</returns>
    /// <exception cref="SqliteException">Refused by the database.</exception>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result != raw.SQLITE_DONE && result != raw.SQLITE_ROW)
        {
            SqliteException.ThrowExceptionForRC(result, _connection);
        }

        return result == raw.SQLITE_ROW;
    }

    /// <summary>Before the first step.</summary>
    public void Bind(object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Bind(i + 1, values[i]);
        }
    }

    /// <summary>As the driver stores them: a GUID as upper-case text, a truth as 0 or 1.</summary>
    private void Bind(int place, object? value)
    {
        var result = value switch
        {
            null => raw.sqlite3_bind_null(_statement, place),
            string text => raw.sqlite3_bind_text(_statement, place, text),
            long number => raw.sqlite3_bind_int64(_statement, place, number),
            int number => raw.sqlite3_bind_int64(_statement, place, number),
            bool flag => raw.sqlite3_bind_int64(_statement, place, flag ? 1 : 0),
            Guid id => raw.sqlite3_bind_text(_statement, place, id.ToString().ToUpperInvariant()),
            double number => raw.sqlite3_bind_double(_statement, place, number),
            byte[] bytes => raw.sqlite3_bind_blob(_statement, place, bytes),
            _ => throw new NotSupportedException($"{value.GetType()} as a parameter"),
        };
        SqliteException.ThrowExceptionForRC(result, _connection);
    }
}
