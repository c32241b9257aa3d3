using System.Buffers;
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

    /// <param name="rest">What <see cref="Rest"/> says of the draft.</param>
    public static AuditEntry Entry(AuditDraft draft, ReadOnlySpan<byte> rest, long sequence, string previousHash)
    {
        var payload = Payload(draft, rest, sequence, previousHash);
        return new AuditEntry
        {
            Jurisdiction = draft.Jurisdiction, Unit = draft.Unit, Sequence = sequence, TaskId = draft.TaskId,
            TaskSequence = draft.TaskSequence, At = draft.At, Action = draft.Action, Actor = draft.Actor.UserName,
            ActorUnit = draft.Actor.Unit, SharedId = draft.SharedId, Payload = Encoding.UTF8.GetString(payload), Hash = Hash(payload),
        };
    }

    public static string Hash(string payload) => Hash(Encoding.UTF8.GetBytes(payload));

    public static string Hash(ReadOnlySpan<byte> payload) => Convert.ToHexStringLower(SHA256.HashData(payload));

    /// <summary>The place first, then all that was known before the entry had one.</summary>
    private static ReadOnlySpan<byte> Payload(AuditDraft draft, ReadOnlySpan<byte> rest, long sequence, string previousHash)
    {
        var bytes = new ArrayBufferWriter<byte>(rest.Length + 256);
        using var json = new Utf8JsonWriter(bytes, Format);
        json.WriteStartObject();
        json.WriteString("chain", $"{draft.Jurisdiction}/{draft.Unit}");
        json.WriteNumber("sequence", sequence);
        json.WriteString("previousHash", previousHash);
        json.Flush();
        bytes.Write(","u8);
        bytes.Write(rest[1..]);
        return bytes.WrittenSpan;
    }

    /// <summary>An entry without its place in a chain, as a JSON object.</summary>
    public static byte[] Rest(AuditDraft draft)
    {
        var bytes = new ArrayBufferWriter<byte>(2048);
        using var json = new Utf8JsonWriter(bytes, Format);
        json.WriteStartObject();
        json.WriteString("at", draft.At.ToUniversalTime());
        json.WriteString("localAt", TimeZoneInfo.ConvertTime(draft.At, TimeZoneInfo.FindSystemTimeZoneById(draft.Zone)));
        json.WriteString("action", draft.Action);
        Write(json, draft.Actor);
        Write(json, "taskId", draft.TaskId);
        Write(json, "taskSequence", draft.TaskSequence);
        Write(json, "sharedId", draft.SharedId);
        foreach (var (name, value) in draft.Details)
        {
            Write(json, name, value);
        }

        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Actor actor)
    {
        json.WriteStartObject("actor");
        json.WriteString("userName", actor.UserName);
        json.WriteString("displayName", actor.DisplayName);
        json.WriteString("post", actor.Post);
        json.WriteString("unit", actor.Unit);
        if (actor.OnBehalfOf is { } principal)
        {
            json.WriteString("onBehalfOf", principal);
        }

        json.WriteEndObject();
    }

    /// <summary>Without the serializer where the kind of value is known.</summary>
    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case Guid id:
                json.WriteStringValue(id);
                break;
            case DateTimeOffset moment:
                json.WriteStringValue(moment);
                break;
            case TaskEvent happened:
                // Through the base type, so that the entry says which event it is.
                JsonSerializer.Serialize(json, happened, JsonColumn.Options);
                break;
            default:
                JsonSerializer.Serialize(json, value, value.GetType(), JsonColumn.Options);
                break;
        }
    }

    /// <summary>As the serializer writes it: Chinese readable, nothing between the members.</summary>
    private static readonly JsonWriterOptions Format = new() { Encoder = JsonColumn.Options.Encoder };

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
        ["event"] = happened.Event,
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
