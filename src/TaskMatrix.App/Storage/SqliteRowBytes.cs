using System.Buffers.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TaskMatrix.App.Storage;

/// <summary>Reads the columns where SQLite has them, without a copy.</summary>
internal sealed class SqliteRowBytes : RowBytes
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    /// <exception cref="SqliteException">The question cannot be prepared.</exception>
    public SqliteRowBytes(sqlite3 connection, string sql, IReadOnlyList<string> values)
    {
        _connection = connection;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection, sql, out _statement), connection);
        for (var i = 0; i < values.Count; i++)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_bind_text(_statement, i + 1, values[i]), connection);
        }
    }

    public override ValueTask<bool> Next(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var result = raw.sqlite3_step(_statement);
        if (result != raw.SQLITE_DONE && result != raw.SQLITE_ROW)
        {
            SqliteException.ThrowExceptionForRC(result, _connection);
        }

        return ValueTask.FromResult(result == raw.SQLITE_ROW);
    }

    public override bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public override long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>Stored as text.</summary>
    public override Guid Id(int column) => Utf8Parser.TryParse(Text(column), out Guid id, out _) ? id : throw new FormatException("an id cannot be read");

    public override ReadOnlySpan<byte> Text(int column) => raw.sqlite3_column_blob(_statement, column);

    public override ValueTask DisposeAsync()
    {
        _statement.Dispose();
        return ValueTask.CompletedTask;
    }
}
