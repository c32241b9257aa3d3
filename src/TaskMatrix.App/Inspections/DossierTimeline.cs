using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Inspections;

namespace TaskMatrix.App.Inspections;

/// <summary>An entry of the record that belongs to a case.</summary>
/// <param name="Unit">Whose chain it stands in.</param>
/// <param name="Fact">What the timeline says of it.</param>
internal sealed record TimelineEntry(string Unit, long Sequence, string Payload, TimelineFact Fact);

/// <param name="Number">Of the task or the inspection.</param>
/// <param name="Actor">Post.</param>
internal sealed record TimelineFact(DateTimeOffset At, string Action, string Number, string Actor, string ActorUnit, string? From, string? To, string? Reason, string Chain, long Sequence, string Hash);

/// <summary>What happened, in the order of time: the events of the tasks and the steps of the inspection.</summary>
internal static class DossierTimeline
{
    public static async Task<IReadOnlyList<TimelineEntry>> Read(StoreContext db, Inspection inspection, IReadOnlyList<Guid> tasks, CancellationToken ct)
    {
        var (place, unit, from, ids) = (inspection.Jurisdiction, inspection.Unit, inspection.OpenedAt, tasks.Select(task => (Guid?)task).ToList());
        var ofTasks = await db.Audit.AsNoTracking().Where(entry => ids.Contains(entry.TaskId) && entry.TaskSequence != null).ToListAsync(ct);
        var steps = await db.Audit.AsNoTracking()
            .Where(entry => entry.Jurisdiction == place && entry.At >= from && entry.Unit == unit && entry.Action.StartsWith(InspectionRecord.Prefix)).ToListAsync(ct);
        return
        [
            .. ofTasks.Concat(steps.Where(entry => InspectionRecord.Read(entry.Payload).Inspection == inspection.Id)).OrderBy(entry => entry.At).ThenBy(entry => entry.Id)
                .Select(entry => new TimelineEntry(entry.Unit, entry.Sequence, entry.Payload, Fact(entry.Payload, entry.Sequence, entry.Hash))),
        ];
    }

    public static string Words(IReadOnlyList<TimelineEntry> entries, DossierWords words)
    {
        var text = new StringBuilder();
        foreach (var fact in entries.Select(entry => entry.Fact))
        {
            var action = fact.Action.StartsWith(InspectionRecord.Prefix, StringComparison.Ordinal)
                ? words.Text("inspections.step." + fact.Action[InspectionRecord.Prefix.Length..], []) : words.Text("event." + fact.Action, []);
            text.Append($"{words.Moment(fact.At)} {fact.Number} {action} {words.Unit(fact.ActorUnit)} {fact.Actor} {fact.Reason}".TrimEnd().Replace("  ", " ")).Append('\n');
        }

        return text.ToString();
    }

    private static TimelineFact Fact(string payload, long sequence, string hash)
    {
        using var json = JsonDocument.Parse(payload);
        var (root, actor) = (json.RootElement, json.RootElement.GetProperty("actor"));
        return new TimelineFact(
            root.GetProperty("localAt").GetDateTimeOffset(), root.GetProperty("action").GetString()!, Text(root, "number") ?? "", Text(actor, "post") ?? "",
            Text(actor, "unit") ?? "", Text(root, "from"), Text(root, "to"), Text(root, "reason"), root.GetProperty("chain").GetString()!, sequence, hash);
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
