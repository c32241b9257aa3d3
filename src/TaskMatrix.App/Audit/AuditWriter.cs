using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Audit;

/// <summary>
/// Appends entries to the chains of their units, in the transaction of the act they record. Entries wait until the command is
/// about to commit and get their places then: every command locks chain heads last, all at once and in the order of their
/// units, so no two can wait for each other.
/// </summary>
public class AuditWriter(Session session)
{
    private readonly List<WaitingEntry> _waiting = [];

    public virtual Task Append(IReadOnlyCollection<AuditDraft> drafts, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        _waiting.AddRange(drafts.Select(draft => new WaitingEntry(draft, AuditRecord.Rest(draft))));
        return Task.CompletedTask;
    }

    /// <summary>Appends what another turn of the same command has drafted.</summary>
    internal void Append(IReadOnlyCollection<WaitingEntry> taken) => _waiting.AddRange(taken);

    /// <summary>Entries about a task that this command has appended and that have no place yet.</summary>
    internal IEnumerable<AuditDraft> WaitingOf(Guid task) => _waiting.Select(waiting => waiting.Draft).Where(draft => draft.TaskId == task);

    /// <summary>A command that came second runs again from its beginning.</summary>
    internal void Forget() => _waiting.Clear();

    /// <summary>What waits, for whoever appends it in its turn.</summary>
    internal IReadOnlyList<WaitingEntry> Take()
    {
        WaitingEntry[] taken = [.. _waiting];
        _waiting.Clear();
        return taken;
    }

    /// <summary>Gives the waiting entries their places; the last that a command does before it commits.</summary>
    internal virtual async Task Write(CancellationToken ct)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var db = session.Db;
        var heads = await Heads(db, ct);
        var changes = new List<Change>();
        foreach (var (draft, rest) in _waiting)
        {
            var head = heads[(draft.Jurisdiction, draft.Unit)];
            var entry = AuditRecord.Entry(draft, rest, head.Sequence + 1, head.Hash);
            changes.Add(RowMap<AuditEntry>.Of(db).InsertOf(entry));
            heads[(draft.Jurisdiction, draft.Unit)] = new Place(head.Before, entry.Sequence, entry.Hash);
        }

        changes.AddRange(heads.Select(head => head.Value.Before == 0
            ? Begin.With(head.Key.Jurisdiction, head.Key.Unit, head.Value.Sequence, head.Value.Hash)
            : GoOn.With(head.Value.Sequence, head.Value.Hash, head.Key.Jurisdiction, head.Key.Unit, head.Value.Before)));
        await db.Statements!.Write(changes, ct);
        _waiting.Clear();
    }

    private async Task<Dictionary<(string Jurisdiction, string Unit), Place>> Heads(StoreContext db, CancellationToken ct)
    {
        var heads = _waiting.Select(waiting => (waiting.Draft.Jurisdiction, waiting.Draft.Unit)).Distinct().ToDictionary(chain => chain, _ => new Place(0, 0, ChainHead.Genesis));
        var queries = db is PostgresStore
            ? [FindLocked.With(heads.Keys.Select(chain => chain.Jurisdiction).Distinct().ToArray(), heads.Keys.Select(chain => chain.Unit).Distinct().ToArray())]
            : heads.Keys.Select(chain => Find.With(chain.Jurisdiction, chain.Unit)).ToList();
        foreach (var query in queries)
        {
            var rows = await db.Statements!.Read(query, row => (Chain: (row.Text(0), row.Text(1)), Sequence: row.Number(2), Hash: row.Text(3)), ct);
            foreach (var row in rows.Where(row => heads.ContainsKey(row.Chain)))
            {
                heads[row.Chain] = new Place(row.Sequence, row.Sequence, row.Hash);
            }
        }

        return heads;
    }

    /// <param name="Before">Sequence in the database; 0 where the chain has no entry yet.</param>
    private sealed record Place(long Before, long Sequence, string Hash);

    private const string Columns = "SELECT jurisdiction, unit, sequence, hash FROM chain_heads WHERE ";

    private static readonly Statement Find = new(Columns + "jurisdiction = $1 AND unit = $2", [typeof(string), typeof(string)]);

    private static readonly Statement FindLocked = new(
        Columns + "jurisdiction = ANY ($1) AND unit = ANY ($2) ORDER BY jurisdiction, unit FOR UPDATE", [typeof(string[]), typeof(string[])]);

    private static readonly Statement Begin = new(
        "INSERT INTO chain_heads (jurisdiction, unit, sequence, hash) VALUES ($1, $2, $3, $4)", [typeof(string), typeof(string), typeof(long), typeof(string)], one: true);

    private static readonly Statement GoOn = new(
        "UPDATE chain_heads SET sequence = $1, hash = $2 WHERE jurisdiction = $3 AND unit = $4 AND sequence = $5",
        [typeof(long), typeof(string), typeof(string), typeof(string), typeof(long)], one: true);
}

/// <summary>An entry that has no place yet.</summary>
/// <param name="Rest">All of its text but the place.</param>
internal readonly record struct WaitingEntry(AuditDraft Draft, byte[] Rest);
