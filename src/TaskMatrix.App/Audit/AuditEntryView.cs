using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Audit;

/// <summary>An entry of the record as lists show it; numbers that could be telephones are masked, the record itself is not touched.</summary>
/// <param name="Chain">jurisdiction/unit</param>
/// <param name="LocalAt">The same moment as it was written down, in the zone of the jurisdiction.</param>
/// <param name="Actor">userName, displayName, post, unit, onBehalfOf.</param>
/// <param name="Number">Of the task; null for entries that concern none.</param>
/// <param name="Changes">Field → [old, new].</param>
/// <param name="Details">What else an entry without a task says.</param>
/// <param name="SharedId">Shared by the two entries of an act of two units.</param>
public sealed partial record AuditEntryView(
    string Chain, long Sequence, DateTimeOffset At, string LocalAt, string Action, JsonNode? Actor, Guid? TaskId, int? TaskSequence, string? Number,
    string? From, string? To, string? Reason, JsonNode? Changes, JsonNode? Details, string? SharedId, string Hash, string PreviousHash)
{
    /// <summary>Members that have a place of their own, or are the task's and can be read there.</summary>
    private static readonly HashSet<string> Named =
    [
        "chain", "sequence", "previousHash", "at", "localAt", "action", "actor", "taskId", "taskSequence", "sharedId", "number", "from", "to", "changes",
        "reason", "event", "clause", "duty", "dutyVersion", "workflow", "workflowVersion", "ackBy", "dueAt",
    ];

    internal static AuditEntryView Of(AuditEntry entry)
    {
        var payload = JsonNode.Parse(entry.Payload)!.AsObject();
        return new AuditEntryView(
            ChainCheck.Name(entry.Jurisdiction, entry.Unit), entry.Sequence, entry.At, Text(payload, "localAt") ?? "", entry.Action, payload["actor"]?.DeepClone(),
            entry.TaskId, entry.TaskSequence, Text(payload, "number"), entry.TaskId is null ? null : Text(payload, "from"), entry.TaskId is null ? null : Text(payload, "to"),
            Text(payload, "reason") is { } reason ? Masking.Words(reason) : null, Masked(payload["changes"]), Rest(payload, entry), entry.SharedId, entry.Hash,
            Text(payload, "previousHash") ?? "");
    }

    private static JsonObject? Rest(JsonObject payload, AuditEntry entry)
    {
        // From and to are states of a task; elsewhere they may be days or anything else.
        var rest = entry.TaskId is null ? payload.Where(member => !Named.Contains(member.Key) || member.Key is "from" or "to") : [];
        var details = new JsonObject(rest.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, Masked(member.Value))));
        return details.Count == 0 ? null : details;
    }

    private static JsonNode? Masked(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Masked(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Masked)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Key().IsMatch(text) ? text : Masking.Words(text)),
        _ => node?.DeepClone(),
    };

    private static string? Text(JsonObject payload, string member) =>
        payload[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Ids and hashes hold long runs of digits and are nobody's number.</summary>
    [GeneratedRegex("^[0-9a-f-]{32,}$")]
    private static partial Regex Key();
}
