using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace TaskMatrix.App.Storage;

/// <summary>
/// Rows of one question, their columns read as the bytes that are stored: no text is made of what is only compared or hashed.
/// For going through the whole of a large table.
/// </summary>
internal abstract class RowBytes : IAsyncDisposable
{
    /// <summary>On the connection of the context, in the transaction that it has begun.</summary>
    /// <param name="sql">Its parameters are <c>$1</c>, <c>$2</c> and so on, each named once and in that order.</param>
    public static async Task<RowBytes> Ask(StoreContext db, string sql, CancellationToken ct, params string[] values)
    {
        if (db.Database.GetDbConnection() is SqliteConnection sqlite)
        {
            return new SqliteRowBytes(sqlite.Handle!, sql, values);
        }

        return await ReaderRowBytes.Ask(db, sql, values, ct);
    }

    /// <returns>False when there is no further row.</returns>
    public abstract ValueTask<bool> Next(CancellationToken ct);

    public abstract bool IsNull(int column);

    public abstract long Number(int column);

    public abstract Guid Id(int column);

    /// <summary>UTF-8, empty for null; good until the next row.</summary>
    public abstract ReadOnlySpan<byte> Text(int column);

    public abstract ValueTask DisposeAsync();
}
