using System.Text.Json;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Inspections;

namespace TaskMatrix.App.Inspections;

/// <summary>A step of an inspection as an entry of the record, and back: it stands in the chain of the inspected unit.</summary>
internal static class InspectionRecord
{
    /// <summary>Begins the action of every entry that is a step of an inspection.</summary>
    public const string Prefix = "inspection-";

    public static AuditDraft Of(Inspection inspection, RecordedStep step, string zone) => new(
        inspection.Jurisdiction, inspection.Unit, step.Event.At, zone, step.Actor, Prefix + step.Action,
        new Dictionary<string, object?>
        {
            ["number"] = inspection.Number, ["inspectionId"] = inspection.Id, ["inspectionSequence"] = step.Sequence, ["from"] = step.From, ["to"] = step.To,
            // Through the base type, so that the entry says which event it is.
            ["event"] = JsonSerializer.SerializeToElement<InspectionEvent>(step.Event, JsonColumn.Options),
        });

    /// <returns>Null when it is not what was written.</returns>
    public static (Guid Inspection, InspectionEvent Event)? TryRead(string payload)
    {
        try
        {
            return Read(payload);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or NotSupportedException)
        {
            return null;
        }
    }

    public static (Guid Inspection, InspectionEvent Event) Read(string payload)
    {
        using var json = JsonDocument.Parse(payload);
        return (json.RootElement.GetProperty("inspectionId").GetGuid(), json.RootElement.GetProperty("event").Deserialize<InspectionEvent>(JsonColumn.Options)!);
    }
}
