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
        var (entries, chains) = (RowMap<AuditEntry>.Of(db), RowMap<ChainHead>.Of(db));
        var heads = await Heads(db, chains, ct);
        var changes = new List<Change>();
        foreach (var (draft, rest) in _waiting)
        {
            var head = heads[(draft.Jurisdiction, draft.Unit)].Head;
            var entry = AuditRecord.Entry(draft, rest, head.Sequence + 1, head.Hash);
            changes.Add(entries.InsertOf(entry));
            (head.Sequence, head.Hash) = (entry.Sequence, entry.Hash);
        }

        changes.AddRange(heads.Values.Select(known => known.Before is { } before ? chains.UpdateOf(known.Head, before)!.Value : chains.InsertOf(known.Head)));
        await db.Statements!.Write(changes, ct);
        _waiting.Clear();
    }

    private async Task<Dictionary<(string Jurisdiction, string Unit), Known>> Heads(StoreContext db, RowMap<ChainHead> map, CancellationToken ct)
    {
        var heads = _waiting.Select(waiting => (waiting.Draft.Jurisdiction, waiting.Draft.Unit)).Distinct()
            .ToDictionary(chain => chain, chain => new Known(new ChainHead { Jurisdiction = chain.Jurisdiction, Unit = chain.Unit }, null));
        foreach (var query in Queries(db, map, [.. heads.Keys]))
        {
            foreach (var (head, before) in (await db.Statements!.Read(query, map.Read, ct)).Where(row => heads.ContainsKey((row.Row.Jurisdiction, row.Row.Unit))))
            {
                heads[(head.Jurisdiction, head.Unit)] = new Known(head, before);
            }
        }

        return heads;
    }

    /// <summary>On PostgreSQL they are locked, several at once in the order of their units. One is asked for as one: its plan is kept.</summary>
    private static IEnumerable<Change> Queries(StoreContext db, RowMap<ChainHead> map, List<(string Jurisdiction, string Unit)> chains)
    {
        if (db is not PostgresStore)
        {
            return chains.Select(chain => (Find[0] ??= map.Select(OfOne, typeof(string), typeof(string))).With(chain.Jurisdiction, chain.Unit));
        }

        return chains is [var only]
            ? [(Find[1] ??= map.Select($"{OfOne} FOR UPDATE", typeof(string), typeof(string))).With(only.Jurisdiction, only.Unit)]
            : [(Find[2] ??= map.Select("jurisdiction = ANY ($1) AND unit = ANY ($2) ORDER BY jurisdiction, unit FOR UPDATE", typeof(string[]), typeof(string[])))
                .With(chains.Select(chain => chain.Jurisdiction).Distinct().ToArray(), chains.Select(chain => chain.Unit).Distinct().ToArray())];
    }

    /// <param name="Before">As it was read; null where the chain has no entry yet.</param>
    private sealed record Known(ChainHead Head, object?[]? Before);

    private const string OfOne = "jurisdiction = $1 AND unit = $2";

    private static readonly Statement?[] Find = new Statement?[3];
}

/// <summary>An entry that has no place yet.</summary>
/// <param name="Rest">All of its text but the place.</param>
internal readonly record struct WaitingEntry(AuditDraft Draft, byte[] Rest);
