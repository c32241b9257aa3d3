using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Audit;

/// <summary>Appends entries to the chains of their units, in the transaction of the act they record.</summary>
public sealed class AuditWriter(Session session)
{
    private readonly Dictionary<(string, string), ChainHead> _heads = [];
    private StoreContext? _context;

    /// <summary>Heads are locked in the order of their units, so two writers cannot wait for each other.</summary>
    public async Task Append(IReadOnlyCollection<AuditDraft> drafts, CancellationToken ct)
    {
        var db = session.Db;
        if (_context != db)
        {
            _heads.Clear();
            _context = db;
        }

        foreach (var (jurisdiction, unit) in drafts.Select(draft => (draft.Jurisdiction, draft.Unit)).Distinct().Except(_heads.Keys).Order().ToList())
        {
            _heads[(jurisdiction, unit)] = await Head(db, jurisdiction, unit, ct);
        }

        foreach (var draft in drafts)
        {
            var head = _heads[(draft.Jurisdiction, draft.Unit)];
            var entry = AuditRecord.Entry(draft, head.Sequence + 1, head.Hash);
            db.Audit.Add(entry);
            (head.Sequence, head.Hash) = (entry.Sequence, entry.Hash);
        }
    }

    private static async Task<ChainHead> Head(StoreContext db, string jurisdiction, string unit, CancellationToken ct)
    {
        var heads = db is PostgresStore
            ? db.ChainHeads.FromSql($"SELECT * FROM chain_heads WHERE jurisdiction = {jurisdiction} AND unit = {unit} FOR UPDATE")
            : db.ChainHeads.Where(head => head.Jurisdiction == jurisdiction && head.Unit == unit);
        return await heads.AsTracking().SingleOrDefaultAsync(ct)
            ?? db.ChainHeads.Add(new ChainHead { Jurisdiction = jurisdiction, Unit = unit }).Entity;
    }
}
