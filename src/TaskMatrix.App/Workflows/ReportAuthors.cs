using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Workflows;

/// <summary>Who wrote a report and who signed it, with the posts they held at that moment, as the record has it.</summary>
/// <param name="Signer">Null where nobody has signed what was written last.</param>
internal sealed record ReportAuthors(ReportAuthor? Writer, ReportAuthor? Signer)
{
    private static readonly string[] Acts = [TaskActions.Submit, TaskActions.Correct, TaskActions.Sign];

    /// <summary>With what the present command does itself, which the record will say once it is committed.</summary>
    public static async Task<ReportAuthors> Of(StoreContext db, AuditWriter audit, Guid task, CancellationToken ct)
    {
        var written = (await db.Audit.AsNoTracking().Where(entry => entry.TaskId == task && entry.TaskSequence != null && Acts.Contains(entry.Action))
            .OrderBy(entry => entry.TaskSequence).ToListAsync(ct)).Select(entry => (entry.Action, Author: Author(entry.Payload)));
        var waiting = audit.WaitingOf(task).Where(draft => draft.TaskSequence != null && Acts.Contains(draft.Action)).OrderBy(draft => draft.TaskSequence)
            .Select(draft => (draft.Action, Author: new ReportAuthor(draft.Actor.UserName, draft.Actor.Post)));
        List<(string Action, ReportAuthor Author)> acts = [.. written, .. waiting];
        var last = acts.FindLastIndex(act => act.Action != TaskActions.Sign);
        return last < 0 ? new ReportAuthors(null, null) : new ReportAuthors(acts[last].Author, acts.Skip(last).Where(act => act.Action == TaskActions.Sign).Select(act => act.Author).FirstOrDefault());
    }

    private static ReportAuthor Author(string payload)
    {
        var actor = JsonNode.Parse(payload)!["actor"]!;
        return new ReportAuthor(actor["userName"]!.GetValue<string>(), actor["post"]!.GetValue<string>());
    }
}

internal sealed record ReportAuthor(string UserName, string Post);
