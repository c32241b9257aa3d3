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

/// <summary>What a replay needs of an entry.</summary>
/// <param name="Place">Among the events of its task.</param>
internal sealed record SaidOfTask(Guid Task, int Place, string Jurisdiction, string Unit, long Sequence, byte[] Payload);

/// <summary>Reads the whole record one entry after another, without making entities or text of it.</summary>
internal static class StoredEntries
{
    private const string Sql =
        """
        SELECT jurisdiction, unit, sequence, task_id, task_sequence, at, action, actor, actor_unit, shared_id, payload, hash
        FROM audit ORDER BY jurisdiction, unit, sequence
        """;

    private const string SqlOfTasks =
        """
        SELECT a.task_id, a.task_sequence, a.jurisdiction, a.unit, a.sequence, a.payload
        FROM tasks t JOIN audit a ON a.task_id = t.id
        WHERE t.jurisdiction = @jurisdiction AND t.number >= @first AND t.number <= @last AND a.task_sequence IS NOT NULL
        """;

    /// <summary>What was said of the tasks of a jurisdiction whose numbers lie between two, both included; in no order.</summary>
    public static async Task<List<SaidOfTask>> OfTasks(StoreContext db, string jurisdiction, string first, string last, CancellationToken ct)
    {
        await using var command = Command(db, SqlOfTasks);
        foreach (var (name, value) in new[] { ("@jurisdiction", jurisdiction), ("@first", first), ("@last", last) })
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        await using var row = await command.ExecuteReaderAsync(ct);
        var entries = new List<SaidOfTask>();
        while (await row.ReadAsync(ct))
        {
            entries.Add(new(row.GetGuid(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetFieldValue<byte[]>(5)));
        }

        return entries;
    }

    /// <summary>Chain by chain, in the transaction of the context.</summary>
    public static async IAsyncEnumerable<StoredEntry> All(StoreContext db, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = Command(db, Sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            yield return Entry(reader);
        }
    }

    private static DbCommand Command(StoreContext db, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.CommandTimeout, command.Transaction) = (sql, 0, db.Database.CurrentTransaction?.GetDbTransaction());
        return command;
    }

    private static StoredEntry Entry(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetGuid(3), row.IsDBNull(4) ? null : row.GetInt32(4), row.GetInt64(5),
        row.GetString(6), row.GetString(7), row.GetString(8), row.IsDBNull(9) ? null : row.GetString(9), row.GetFieldValue<byte[]>(10), row.GetString(11));
}
