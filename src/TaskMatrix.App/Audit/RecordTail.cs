using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Audit;

/// <summary>Something was recorded about a task.</summary>
/// <param name="Units">Units that see the task, besides those who oversee the jurisdiction.</param>
public sealed record TaskChange(string Jurisdiction, Guid TaskId, string Action, IReadOnlyList<string> Units);

/// <summary>
/// Follows the record by the heads of its chains: a look costs a row a chain, and more only where something happened.
/// What another node wrote is seen like what this one did. Not for several readers at once.
/// </summary>
public sealed class RecordTail(IReadContexts contexts)
{
    /// <summary>Entries of one chain told by one look; after more than these a reader asks anew anyway.</summary>
    private const int MostOfChain = 200;

    private Dictionary<(string Jurisdiction, string Unit), long>? _seen;

    /// <summary>The next look begins where the record then stands.</summary>
    public void Forget() => _seen = null;

    /// <returns>What was recorded since the last look; nothing with the first one.</returns>
    public async Task<IReadOnlyList<TaskChange>> Next(CancellationToken ct)
    {
        await using var db = contexts.Create();
        var heads = await db.ChainHeads.AsNoTracking().ToDictionaryAsync(head => (head.Jurisdiction, head.Unit), head => head.Sequence, ct);
        var (before, changes) = (_seen, new List<TaskChange>());
        foreach (var (chain, sequence) in before is null ? [] : heads.Where(head => head.Value > before.GetValueOrDefault(head.Key)))
        {
            changes.AddRange(await Of(db, chain.Jurisdiction, chain.Unit, before!.GetValueOrDefault(chain), sequence, ct));
        }

        _seen = heads;
        return changes;
    }

    private static async Task<IEnumerable<TaskChange>> Of(StoreContext db, string jurisdiction, string unit, long after, long until, CancellationToken ct)
    {
        var entries = await db.Audit.AsNoTracking()
            .Where(entry => entry.Jurisdiction == jurisdiction && entry.Unit == unit && entry.Sequence > after && entry.Sequence <= until && entry.TaskId != null)
            .OrderByDescending(entry => entry.Sequence).Take(MostOfChain).Select(entry => new { TaskId = entry.TaskId!.Value, entry.Action }).ToListAsync(ct);
        var ids = entries.Select(entry => entry.TaskId).Distinct().ToList();
        var units = (await db.TaskUnits.AsNoTracking().Where(row => ids.Contains(row.TaskId)).Select(row => new { row.TaskId, row.Unit }).ToListAsync(ct)).ToLookup(row => row.TaskId, row => row.Unit);
        return entries.Select(entry => new TaskChange(jurisdiction, entry.TaskId, entry.Action, [.. units[entry.TaskId].Distinct()]));
    }
}
