using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Inspections;

namespace TaskMatrix.App.Audit;

/// <summary>Something was recorded that people see on their pages.</summary>
public abstract record RecordChange(string Jurisdiction, string Action);

/// <summary>Something was recorded about a task.</summary>
/// <param name="LeadUnit">As it is now.</param>
/// <param name="Units">Units that see the task, besides those who oversee the jurisdiction.</param>
/// <param name="Reports">It is handed in with a form, as daily reports are.</param>
/// <param name="Late">It is or was late: acknowledged, done or handed in after its time, or not at all.</param>
public sealed record TaskChange(string Jurisdiction, Guid TaskId, string Action, string LeadUnit, IReadOnlyList<string> Units, bool Reports, bool Late) : RecordChange(Jurisdiction, Action);

/// <summary>A step of an inspection was recorded.</summary>
/// <param name="Inspection">As it is now: it says itself who may know of it.</param>
public sealed record InspectionChange(Inspection Inspection, string Action) : RecordChange(Inspection.Jurisdiction, Action);

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

    /// <summary><see cref="RecordPosition"/> of each jurisdiction as of the last look.</summary>
    public IReadOnlyDictionary<string, long> Positions => (_seen ?? []).GroupBy(head => head.Key.Jurisdiction).ToDictionary(chains => chains.Key, chains => chains.Sum(head => head.Value));

    /// <returns>What was recorded since the last look; nothing with the first one.</returns>
    public async Task<IReadOnlyList<RecordChange>> Next(CancellationToken ct)
    {
        await using var db = contexts.Create();
        var heads = await db.ChainHeads.AsNoTracking().ToDictionaryAsync(head => (head.Jurisdiction, head.Unit), head => head.Sequence, ct);
        var (before, changes) = (_seen, new List<RecordChange>());
        foreach (var (chain, sequence) in before is null ? [] : heads.Where(head => head.Value > before.GetValueOrDefault(head.Key)))
        {
            var entries = await Entries(db, chain.Jurisdiction, chain.Unit, before!.GetValueOrDefault(chain), sequence, ct);
            changes.AddRange(await Tasks(db, chain.Jurisdiction, entries, ct));
            changes.AddRange(await Inspections(db, entries, ct));
        }

        _seen = heads;
        return changes;
    }

    /// <param name="Step">What was recorded of an inspection; null for a task.</param>
    private sealed record Entry(Guid? TaskId, string Action, string? Step);

    private static Task<List<Entry>> Entries(StoreContext db, string jurisdiction, string unit, long after, long until, CancellationToken ct) => db.Audit.AsNoTracking()
        .Where(entry => entry.Jurisdiction == jurisdiction && entry.Unit == unit && entry.Sequence > after && entry.Sequence <= until
            && (entry.TaskId != null || entry.Action.StartsWith(InspectionRecord.Prefix)))
        .OrderByDescending(entry => entry.Sequence).Take(MostOfChain).Select(entry => new Entry(entry.TaskId, entry.Action, entry.TaskId == null ? entry.Payload : null)).ToListAsync(ct);

    private static async Task<IEnumerable<RecordChange>> Tasks(StoreContext db, string jurisdiction, List<Entry> entries, CancellationToken ct)
    {
        var ids = entries.Select(entry => entry.TaskId).OfType<Guid>().Distinct().ToList();
        if (ids.Count == 0)
        {
            return [];
        }

        var units = (await db.TaskUnits.AsNoTracking().Where(row => ids.Contains(row.TaskId)).Select(row => new { row.TaskId, row.Unit }).ToListAsync(ct)).ToLookup(row => row.TaskId, row => row.Unit);
        var tasks = await db.Tasks.AsNoTracking().Where(task => ids.Contains(task.Id))
            .Select(task => new { task.Id, task.LeadUnit, Reports = task.Form != null, Late = task.AckBreachedAt != null || task.OverdueSince != null || task.MissedAt != null })
            .ToDictionaryAsync(task => task.Id, ct);
        return from entry in entries
               let task = entry.TaskId is { } id ? tasks.GetValueOrDefault(id) : null
               where task is not null
               select new TaskChange(jurisdiction, task.Id, entry.Action, task.LeadUnit, [.. units[task.Id].Distinct()], task.Reports, task.Late);
    }

    private static async Task<IEnumerable<RecordChange>> Inspections(StoreContext db, List<Entry> entries, CancellationToken ct)
    {
        var steps = entries.Where(entry => entry.Step is not null).Select(entry => (InspectionRecord.TryRead(entry.Step!)?.Inspection, entry.Action)).ToList();
        if (steps.Count == 0)
        {
            return [];
        }

        var ids = steps.Select(step => step.Inspection).OfType<Guid>().Distinct().ToList();
        var inspections = await db.Inspections.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, ct);
        return steps.Where(step => step.Inspection is { } id && inspections.ContainsKey(id)).Select(step => new InspectionChange(inspections[step.Inspection!.Value], step.Action));
    }
}
