using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Inspections;

namespace TaskMatrix.App.Audit;

/// <summary>Rebuilds every inspection from its steps in the record and compares it with its row, one unit at a time.</summary>
internal sealed class InspectionReplay(StoreContext db)
{
    /// <returns>The newest entry of the first inspection that is not what its steps say; null when all are.</returns>
    public async Task<BrokenEntry?> Run(CancellationToken ct)
    {
        var actions = (await db.Audit.AsNoTracking().Select(entry => entry.Action).Distinct().ToListAsync(ct)).FindAll(action => action.StartsWith(InspectionRecord.Prefix, StringComparison.Ordinal));
        var chains = await db.Audit.AsNoTracking().Where(entry => actions.Contains(entry.Action)).Select(entry => new { entry.Jurisdiction, entry.Unit })
            .Union(db.Inspections.AsNoTracking().Select(row => new { row.Jurisdiction, row.Unit })).OrderBy(chain => chain.Jurisdiction).ThenBy(chain => chain.Unit).ToListAsync(ct);
        foreach (var chain in chains)
        {
            if (await FirstBroken(chain.Jurisdiction, chain.Unit, ct) is { } broken)
            {
                return broken;
            }
        }

        return null;
    }

    private async Task<BrokenEntry?> FirstBroken(string jurisdiction, string unit, CancellationToken ct)
    {
        var rows = await db.Inspections.AsNoTracking().Where(row => row.Jurisdiction == jurisdiction && row.Unit == unit).OrderBy(row => row.Number).ToListAsync(ct);
        var entries = await db.Audit.AsNoTracking().Where(entry => entry.Jurisdiction == jurisdiction && entry.Unit == unit && entry.Action.StartsWith(InspectionRecord.Prefix))
            .OrderBy(entry => entry.Sequence).Select(entry => new { entry.Sequence, entry.Payload }).ToListAsync(ct);
        var (name, read) = (ChainCheck.Name(jurisdiction, unit), new List<(long Sequence, Guid Inspection, InspectionEvent Step)>());
        foreach (var entry in entries)
        {
            if (InspectionRecord.TryRead(entry.Payload) is not { } step)
            {
                return new BrokenEntry(name, entry.Sequence, "payload cannot be read");
            }

            read.Add((entry.Sequence, step.Inspection, step.Event));
        }

        return FirstBroken(name, rows, read.ToLookup(entry => entry.Inspection, entry => (entry.Sequence, entry.Step)));
    }

    private static BrokenEntry? FirstBroken(string name, List<Inspection> rows, ILookup<Guid, (long Sequence, InspectionEvent Step)> steps)
    {
        if (steps.FirstOrDefault(of => !rows.Exists(row => row.Id == of.Key)) is { } orphan)
        {
            return new BrokenEntry(name, orphan.First().Sequence, "its inspection has no row");
        }

        foreach (var row in rows)
        {
            var own = steps[row.Id].ToList();
            if (Fault(row, own.ConvertAll(entry => entry.Step)) is { } why)
            {
                return new BrokenEntry(name, own.Count == 0 ? 0 : own[^1].Sequence, $"inspection {row.Number} {why}");
            }
        }

        return null;
    }

    private static string? Fault(Inspection row, List<InspectionEvent> steps)
    {
        if (steps.Count == 0)
        {
            return "has no entry";
        }

        var differing = InspectionFields.Differing(row, Inspection.Replay(steps));
        return differing.Count == 0 ? null : $"is not what its entries say: {string.Join(", ", differing)}";
    }
}
