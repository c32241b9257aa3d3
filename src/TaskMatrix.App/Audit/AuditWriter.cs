using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Audit;

/// <summary>
/// Appends entries to the chains of their units, in the transaction of the act they record. Entries wait until the command is
/// about to commit and get their places then: every command locks chain heads last, all at once and in the order of their
/// units, so no two can wait for each other.
/// </summary>
public sealed class AuditWriter(Session session)
{
    private readonly List<AuditDraft> _waiting = [];

    public Task Append(IReadOnlyCollection<AuditDraft> drafts, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        _waiting.AddRange(drafts);
        return Task.CompletedTask;
    }

    /// <summary>Entries about a task that this command has appended and that have no place yet.</summary>
    internal IEnumerable<AuditDraft> WaitingOf(Guid task) => _waiting.Where(draft => draft.TaskId == task);

    /// <summary>A command that came second runs again from its beginning.</summary>
    internal void Forget() => _waiting.Clear();

    /// <summary>Gives the waiting entries their places; the caller saves and commits.</summary>
    internal async Task Write(CancellationToken ct)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var db = session.Db;
        var heads = await Heads(db, [.. _waiting.Select(draft => draft.Jurisdiction).Distinct()], [.. _waiting.Select(draft => draft.Unit).Distinct()], ct);
        foreach (var draft in _waiting)
        {
            var head = heads.GetValueOrDefault((draft.Jurisdiction, draft.Unit)) ?? (heads[(draft.Jurisdiction, draft.Unit)] =
                db.ChainHeads.Add(new ChainHead { Jurisdiction = draft.Jurisdiction, Unit = draft.Unit }).Entity);
            var entry = AuditRecord.Entry(draft, head.Sequence + 1, head.Hash);
            db.Audit.Add(entry);
            (head.Sequence, head.Hash) = (entry.Sequence, entry.Hash);
        }

        _waiting.Clear();
    }

    private static Task<Dictionary<(string, string), ChainHead>> Heads(StoreContext db, List<string> jurisdictions, List<string> units, CancellationToken ct)
    {
        var heads = db is PostgresStore
            ? db.ChainHeads.FromSql(
                $"SELECT * FROM chain_heads WHERE jurisdiction = ANY ({jurisdictions}) AND unit = ANY ({units}) ORDER BY jurisdiction, unit FOR UPDATE")
            : db.ChainHeads.Where(head => jurisdictions.Contains(head.Jurisdiction) && units.Contains(head.Unit));
        return heads.AsTracking().ToDictionaryAsync(head => (head.Jurisdiction, head.Unit), ct);
    }
}
