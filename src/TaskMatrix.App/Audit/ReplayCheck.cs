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
            for (var (last, more) = ("", true); more;)
            {
                var (after, tasks) = (last, db.Tasks.AsNoTracking().Where(task => task.Jurisdiction == jurisdiction));
                var rows = await tasks.Where(task => string.Compare(task.Number, after) > 0).OrderBy(task => task.Number).Take(AtOnce).ToListAsync(ct);
                if (await FirstBroken(rows, ct) is { } broken)
                {
                    return broken;
                }

                (last, more) = (rows.LastOrDefault()?.Number ?? "", rows.Count == AtOnce);
            }
        }

        return null;
    }

    private async Task<BrokenEntry?> FirstBroken(List<TaskInstance> rows, CancellationToken ct)
    {
        var ids = rows.ConvertAll(row => (Guid?)row.Id);
        var entries = (await db.Audit.AsNoTracking().Where(entry => ids.Contains(entry.TaskId) && entry.TaskSequence != null).OrderBy(entry => entry.TaskSequence)
            .Select(entry => new Said(entry.TaskId, entry.Jurisdiction, entry.Unit, entry.Sequence, entry.Payload)).ToListAsync(ct)).ToLookup(entry => entry.Task);
        return rows.Select(row => Compare(row, [.. entries[row.Id]])).FirstOrDefault(broken => broken is not null);
    }

    private static BrokenEntry? Compare(TaskInstance row, List<Said> entries)
    {
        if (Fault(row, entries) is not { } why)
        {
            return null;
        }

        return entries is [.., var newest]
            ? new BrokenEntry(ChainCheck.Name(newest.Jurisdiction, newest.Unit), newest.Sequence, $"task {row.Number} {why}")
            : new BrokenEntry(ChainCheck.Name(row.Jurisdiction, row.LeadUnit), 0, $"task {row.Number} {why}");
    }

    private static string? Fault(TaskInstance row, List<Said> entries)
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

    /// <summary>What a replay needs of an entry.</summary>
    private sealed record Said(Guid? Task, string Jurisdiction, string Unit, long Sequence, string Payload);
}
