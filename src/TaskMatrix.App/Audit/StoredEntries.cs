using System.Runtime.CompilerServices;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Audit;

/// <summary>An entry as it lies in the database, its payload the very bytes that were hashed. Good until the next one is read.</summary>
internal readonly struct StoredEntry(StoredRow row)
{
    internal const string Columns = "jurisdiction, unit, sequence, task_id, task_sequence, at, action, actor, actor_unit, shared_id, payload, hash";

    public ReadOnlySpan<byte> Jurisdiction => row.Bytes(0);

    public ReadOnlySpan<byte> Unit => row.Bytes(1);

    public long Sequence => row.Number(2);

    public Guid? TaskId => row.IsNull(3) ? null : row.Id(3);

    public long? TaskSequence => row.IsNull(4) ? null : row.Number(4);

    /// <summary>UTC ticks.</summary>
    public long At => row.Number(5);

    public ReadOnlySpan<byte> Action => row.Bytes(6);

    public ReadOnlySpan<byte> Actor => row.Bytes(7);

    public ReadOnlySpan<byte> ActorUnit => row.Bytes(8);

    public bool IsShared => !row.IsNull(9);

    /// <summary>Empty when it is not shared.</summary>
    public ReadOnlySpan<byte> SharedId => row.Bytes(9);

    public ReadOnlySpan<byte> Payload => row.Bytes(10);

    public ReadOnlySpan<byte> Hash => row.Bytes(11);
}

/// <summary>What a replay needs of an entry.</summary>
/// <param name="Place">Among the events of its task.</param>
internal readonly record struct SaidOfTask(Guid Task, long Place, byte[] Payload);

/// <summary>Reads the whole record one entry after another, without making entities or text of it.</summary>
internal static class StoredEntries
{
    private const string Sql = $"SELECT {StoredEntry.Columns} FROM audit ORDER BY jurisdiction, unit, sequence";

    private const string SqlOfTasks =
        """
        SELECT a.task_id, a.task_sequence, a.payload
        FROM tasks t JOIN audit a ON a.task_id = t.id
        WHERE t.jurisdiction = $1 AND t.number >= $2 AND t.number <= $3 AND a.task_sequence IS NOT NULL
        """;

    /// <summary>What was said of the tasks of a jurisdiction whose numbers lie between two, both included; in no order.</summary>
    public static async Task<List<SaidOfTask>> OfTasks(StoreContext db, string jurisdiction, string first, string last, CancellationToken ct)
    {
        await using var rows = await StoredRows.Ask(db, SqlOfTasks, ct, jurisdiction, first, last);
        var entries = new List<SaidOfTask>();
        while (await rows.Next(ct))
        {
            entries.Add(new(rows.Row.Id(0), rows.Row.Number(1), rows.Row.Bytes(2).ToArray()));
        }

        return entries;
    }

    /// <summary>Chain by chain, in the transaction of the context.</summary>
    public static async IAsyncEnumerable<StoredEntry> All(StoreContext db, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var rows = await StoredRows.Ask(db, Sql, ct);
        while (await rows.Next(ct))
        {
            yield return new StoredEntry(rows.Row);
        }
    }
}
