using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Workflows;

/// <summary>Who wrote a report and who signed it, with the posts they held at that moment, as the record has it.</summary>
/// <param name="Signer">Null where nobody has signed what was written last.</param>
internal sealed record ReportAuthors(ReportAuthor? Writer, ReportAuthor? Signer)
{
    public static async Task<ReportAuthors> Of(StoreContext db, Guid task, CancellationToken ct)
    {
        var entries = await db.Audit.AsNoTracking()
            .Where(entry => entry.TaskId == task && entry.TaskSequence != null
                && (entry.Action == TaskActions.Submit || entry.Action == TaskActions.Correct || entry.Action == TaskActions.Sign))
            .OrderBy(entry => entry.TaskSequence).ToListAsync(ct);
        var written = entries.FindLastIndex(entry => entry.Action != TaskActions.Sign);
        var signed = entries.FindIndex(Math.Max(written, 0), entry => entry.Action == TaskActions.Sign);
        return new ReportAuthors(written < 0 ? null : Author(entries[written].Payload), signed < 0 ? null : Author(entries[signed].Payload));
    }

    private static ReportAuthor Author(string payload)
    {
        var actor = JsonNode.Parse(payload)!["actor"]!;
        return new ReportAuthor(actor["userName"]!.GetValue<string>(), actor["post"]!.GetValue<string>());
    }
}

internal sealed record ReportAuthor(string UserName, string Post);
