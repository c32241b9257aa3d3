using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskMatrix.Engine.TaskInstances;

/// <summary>The fields of a task as text: for the old and new values in the record, and to compare row with replay.</summary>
public static class TaskFields
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Fixed at the first event.</summary>
    private static readonly (string Name, Func<TaskInstance, object?> Value)[] Fixed =
    [
        ("id", t => t.Id), ("number", t => t.Number), ("jurisdiction", t => t.Jurisdiction), ("plan", t => t.Plan),
        ("activation", t => t.Activation), ("duty", t => t.Duty), ("dutyVersion", t => t.DutyVersion),
        ("workflow", t => t.Workflow), ("workflowVersion", t => t.WorkflowVersion), ("step", t => t.Step),
        ("run", t => t.Run), ("occurrence", t => t.Occurrence), ("issuedTo", t => t.IssuedTo), ("clause", t => t.Clause), ("title", t => t.Title),
        ("english", t => t.English), ("description", t => t.Description), ("sourceKind", t => t.SourceKind),
        ("sourceReference", t => t.SourceReference), ("kind", t => t.Kind),
        ("signOffRequired", t => t.SignOffRequired), ("reviewRequired", t => t.ReviewRequired),
        ("evidenceRequired", t => t.EvidenceRequired), ("acknowledgeRequired", t => t.AcknowledgeRequired),
        ("form", t => t.Form), ("calendar", t => t.Calendar), ("zone", t => t.Zone), ("ladder", t => t.Ladder),
        ("ackWithin", t => t.AckWithin), ("dueIn", t => t.DueIn), ("exercise", t => t.Exercise), ("urgent", t => t.Urgent),
        ("createdAt", t => t.CreatedAt), ("parentTask", t => t.ParentTask),
        ("version", t => t.Version),
    ];

    /// <summary>Changed by later events.</summary>
    private static readonly (string Name, Func<TaskInstance, object?> Value)[] Moving =
    [
        ("leadUnit", t => t.LeadUnit), ("coUnits", t => t.CoUnits), ("accountablePost", t => t.AccountablePost),
        ("assignee", t => t.Assignee), ("state", t => t.State), ("stateBeforeSuspension", t => t.StateBeforeSuspension),
        ("issuedAt", t => t.IssuedAt), ("ackBy", t => t.AckBy), ("dueAt", t => t.DueAt), ("missedBy", t => t.MissedBy),
        ("acknowledgedAt", t => t.AcknowledgedAt), ("submittedAt", t => t.SubmittedAt), ("submittedBy", t => t.SubmittedBy),
        ("leftUnitAt", t => t.LeftUnitAt), ("signedBy", t => t.SignedBy), ("closedAt", t => t.ClosedAt),
        ("ackBreachedAt", t => t.AckBreachedAt), ("overdueSince", t => t.OverdueSince), ("missedAt", t => t.MissedAt),
        ("onTime", t => t.OnTime), ("escalationLevel", t => t.EscalationLevel), ("rungsFrom", t => t.RungsFrom),
        ("returnRounds", t => t.ReturnRounds), ("inRework", t => t.InRework), ("extensions", t => t.Extensions),
        ("pendingExtension", t => t.PendingExtension), ("remainingAck", t => t.RemainingAck),
        ("remainingDue", t => t.RemainingDue), ("percent", t => t.Percent), ("outcome", t => t.Outcome),
        ("reportText", t => t.ReportText), ("reportForm", t => t.ReportForm), ("attachmentIds", t => t.AttachmentIds),
        ("reason", t => t.Reason), ("proposedUnit", t => t.ProposedUnit), ("passedDown", t => t.PassedDown),
        ("pendingCorrection", t => t.PendingCorrection), ("corrections", t => t.Corrections), ("correctedAt", t => t.CorrectedAt),
    ];

    /// <summary>Every stored field, for comparing a row with the replay of its events.</summary>
    public static IReadOnlyDictionary<string, string?> All(TaskInstance task) =>
        Fixed.Concat(Moving).ToDictionary(field => field.Name, field => Text(field.Value(task)));

    /// <summary>The fields that differ between a row and the replay of its events; empty when they agree.</summary>
    public static IReadOnlyList<string> Differing(TaskInstance row, TaskInstance replayed) =>
        [.. Fixed.Concat(Moving).Where(field => !Same(field.Value(row), field.Value(replayed))).Select(field => field.Name)];

    /// <summary>Most values are equal as they are; only lists and records need their text.</summary>
    private static bool Same(object? left, object? right) => Equals(left, right) || Text(left) == Text(right);

    internal static object?[] Read(TaskInstance task) => Array.ConvertAll(Moving, field => field.Value(task));

    internal static IReadOnlyDictionary<string, string?[]> Differences(object?[] before, object?[] after)
    {
        var changes = new SortedDictionary<string, string?[]>(StringComparer.Ordinal);
        for (var i = 0; i < Moving.Length; i++)
        {
            if (!Equals(before[i], after[i]) && (Text(before[i]), Text(after[i])) is var (old, changed) && old != changed)
            {
                changes[Moving[i].Name] = [old, changed];
            }
        }

        return changes;
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTimeOffset moment => moment.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        Enum name => JsonNamingPolicy.CamelCase.ConvertName(name.ToString()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value, Json),
    };
}
