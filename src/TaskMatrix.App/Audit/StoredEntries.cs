using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Audit;

/// <summary>An entry as it lies in the database, its payload the very bytes that were hashed.</summary>
/// <param name="At">UTC ticks.</param>
internal sealed record StoredEntry(
    string Jurisdiction, string Unit, long Sequence, Guid? TaskId, int? TaskSequence, long At, string Action, string Actor, string ActorUnit,
    string? SharedId, byte[] Payload, string Hash);

/// <summary>Reads the whole record one entry after another, without making entities or text of it.</summary>
internal static class StoredEntries
{
    private const string Sql =
        """
        SELECT jurisdiction, unit, sequence, task_id, task_sequence, at, action, actor, actor_unit, shared_id, payload, hash
        FROM audit ORDER BY jurisdiction, unit, sequence
        """;

    /// <summary>Chain by chain, in the transaction of the context.</summary>
    public static async IAsyncEnumerable<StoredEntry> All(StoreContext db, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.CommandTimeout, command.Transaction) = (Sql, 0, db.Database.CurrentTransaction?.GetDbTransaction());
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            yield return Entry(reader);
        }
    }

    private static StoredEntry Entry(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetGuid(3), row.IsDBNull(4) ? null : row.GetInt32(4), row.GetInt64(5),
        row.GetString(6), row.GetString(7), row.GetString(8), row.IsDBNull(9) ? null : row.GetString(9), row.GetFieldValue<byte[]>(10), row.GetString(11));
}
