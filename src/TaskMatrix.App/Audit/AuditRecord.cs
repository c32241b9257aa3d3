using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Audit;

/// <summary>What goes into an entry before it has its place in a chain.</summary>
/// <param name="Unit">The chain it belongs to.</param>
/// <param name="Details">Further facts as JSON properties: task, changes, event, or those of an entry without a task.</param>
public sealed record AuditDraft(
    string Jurisdiction, string Unit, DateTimeOffset At, string Zone, Actor Actor, string Action,
    IReadOnlyDictionary<string, object?> Details, Guid? TaskId = null, int? TaskSequence = null, string? SharedId = null);

/// <summary>Writes the canonical bytes of entries: one JSON text with its members in a fixed order.</summary>
internal static class AuditRecord
{
    /// <summary>An event of a task: one entry in the chain of the unit that leads it afterwards, and one more where two units act.</summary>
    public static IEnumerable<AuditDraft> Of(TaskInstance task, RecordedEvent happened)
    {
        var other = OtherUnit(task, happened);
        var shared = other is null ? null : Guid.CreateVersion7().ToString("N");
        var draft = new AuditDraft(
            task.Jurisdiction, happened.UnitAfter, happened.Event.At, task.Zone, happened.Actor, happened.Action,
            Details(task, happened), task.Id, happened.Sequence, shared);
        return other is null ? [draft] : [draft, draft with { Unit = other, TaskSequence = null }];
    }

    public static AuditEntry Entry(AuditDraft draft, long sequence, string previousHash)
    {
        var payload = JsonSerializer.Serialize(Payload(draft, sequence, previousHash), JsonColumn.Options);
        return new AuditEntry
        {
            Jurisdiction = draft.Jurisdiction, Unit = draft.Unit, Sequence = sequence, TaskId = draft.TaskId,
            TaskSequence = draft.TaskSequence, At = draft.At, Action = draft.Action, Actor = draft.Actor.UserName,
            ActorUnit = draft.Actor.Unit, SharedId = draft.SharedId, Payload = payload, Hash = Hash(payload),
        };
    }

    public static string Hash(string payload) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(payload)));

    private static Dictionary<string, object?> Payload(AuditDraft draft, long sequence, string previousHash)
    {
        var payload = new Dictionary<string, object?>
        {
            ["chain"] = $"{draft.Jurisdiction}/{draft.Unit}",
            ["sequence"] = sequence,
            ["previousHash"] = previousHash,
            ["at"] = draft.At.ToUniversalTime(),
            ["localAt"] = TimeZoneInfo.ConvertTime(draft.At, TimeZoneInfo.FindSystemTimeZoneById(draft.Zone)),
            ["action"] = draft.Action,
            ["actor"] = new { draft.Actor.UserName, draft.Actor.DisplayName, draft.Actor.Post, draft.Actor.Unit, draft.Actor.OnBehalfOf },
            ["taskId"] = draft.TaskId,
            ["taskSequence"] = draft.TaskSequence,
            ["sharedId"] = draft.SharedId,
        };
        foreach (var (name, value) in draft.Details)
        {
            payload[name] = value;
        }

        return payload;
    }

    private static Dictionary<string, object?> Details(TaskInstance task, RecordedEvent happened) => new()
    {
        ["number"] = task.Number,
        ["from"] = happened.From,
        ["to"] = happened.To,
        ["changes"] = happened.Changes,
        ["reason"] = happened.Reason,
        ["clause"] = task.Clause,
        ["duty"] = task.Duty,
        ["dutyVersion"] = task.DutyVersion,
        ["workflow"] = task.Workflow,
        ["workflowVersion"] = task.WorkflowVersion,
        ["ackBy"] = task.AckBy,
        ["dueAt"] = task.DueAt,
        // Through the base type, so that the entry says which event it is.
        ["event"] = JsonSerializer.SerializeToElement<TaskEvent>(happened.Event, JsonColumn.Options),
    };

    /// <summary>The unit that gave the task away, or the co-unit that acted.</summary>
    private static string? OtherUnit(TaskInstance task, RecordedEvent happened) => happened switch
    {
        { Event: ReceiptConfirmed read } when read.Unit != task.LeadUnit => read.Unit,
        { UnitBefore: { } before } when before != happened.UnitAfter => before,
        _ when happened.Actor.Unit != task.LeadUnit && task.CoUnits.Any(co => happened.Actor.ActsFor(co.Unit)) => happened.Actor.Unit,
        _ => null,
    };
}
