using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Audit;

/// <summary>Rebuilds every task from its entries and compares it with its row, some hundred at a time.</summary>
internal sealed class ReplayCheck(StoreContext db)
{
    private const int AtOnce = 200;

    /// <returns>The newest entry of the first task that is not what its entries say; null when all are.</returns>
    public async Task<BrokenEntry?> Run(CancellationToken ct)
    {
        var orphan = await db.Audit.AsNoTracking().Where(entry => entry.TaskId != null && !db.Tasks.Any(task => task.Id == entry.TaskId))
            .OrderBy(entry => entry.Id).FirstOrDefaultAsync(ct);
        if (orphan is not null)
        {
            return new BrokenEntry(ChainCheck.Name(orphan.Jurisdiction, orphan.Unit), orphan.Sequence, "its task has no row");
        }

        foreach (var jurisdiction in await db.Tasks.Select(task => task.Jurisdiction).Distinct().OrderBy(id => id).ToListAsync(ct))
        {
            if (await Jurisdiction(jurisdiction, ct) is { } broken)
            {
                return broken;
            }
        }

        return null;
    }

    /// <summary>The next tasks are read while these are rebuilt.</summary>
    private async Task<BrokenEntry?> Jurisdiction(string jurisdiction, CancellationToken ct)
    {
        var comparing = Task.FromResult<Broken?>(null);
        for (var (last, more) = ("", true); more;)
        {
            var (after, tasks) = (last, db.Tasks.AsNoTracking().Where(task => task.Jurisdiction == jurisdiction));
            var rows = await tasks.Where(task => string.Compare(task.Number, after) > 0).OrderBy(task => task.Number).Take(AtOnce).ToListAsync(ct);
            (last, more) = (rows.LastOrDefault()?.Number ?? "", rows.Count == AtOnce);
            var entries = await EntriesOf(rows, ct);
            if (await comparing is { } broken)
            {
                return await Placed(broken, ct);
            }

            comparing = Task.Run(() => FirstBroken(rows, entries), ct);
        }

        return await comparing is { } atEnd ? await Placed(atEnd, ct) : null;
    }

    private async Task<ILookup<Guid, SaidOfTask>> EntriesOf(List<TaskInstance> rows, CancellationToken ct) => (rows.Count > 0
        ? await StoredEntries.OfTasks(db, rows[0].Jurisdiction, rows[0].Number, rows[^1].Number, ct)
        : []).ToLookup(entry => entry.Task);

    private async Task<BrokenEntry> Placed(Broken broken, CancellationToken ct)
    {
        var (row, why) = broken;
        var newest = await db.Audit.AsNoTracking().Where(entry => entry.TaskId == row.Id && entry.TaskSequence != null)
            .OrderByDescending(entry => entry.TaskSequence).Select(entry => new { entry.Jurisdiction, entry.Unit, entry.Sequence }).FirstOrDefaultAsync(ct);
        return newest is null
            ? new BrokenEntry(ChainCheck.Name(row.Jurisdiction, row.LeadUnit), 0, $"task {row.Number} {why}")
            : new BrokenEntry(ChainCheck.Name(newest.Jurisdiction, newest.Unit), newest.Sequence, $"task {row.Number} {why}");
    }

    private static Broken? FirstBroken(List<TaskInstance> rows, ILookup<Guid, SaidOfTask> entries)
    {
        foreach (var row in rows)
        {
            if (Fault(row, [.. entries[row.Id].OrderBy(entry => entry.Place)]) is { } why)
            {
                return new Broken(row, why);
            }
        }

        return null;
    }

    private static string? Fault(TaskInstance row, List<SaidOfTask> entries)
    {
        if (entries.Count == 0)
        {
            return "has no entry";
        }

        try
        {
            var differing = TaskFields.Differing(row, TaskInstance.Replay(entries.Select(entry => TaskEvents.Read(entry.Payload))));
            return differing.Count == 0 ? null : $"is not what its entries say: {string.Join(", ", differing)}";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return $"cannot be rebuilt: {e.Message}";
        }
    }

    private sealed record Broken(TaskInstance Row, string Why);
}
