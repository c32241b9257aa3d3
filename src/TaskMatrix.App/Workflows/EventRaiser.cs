using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Writes down an event of the catalogue and makes the tasks of every duty it starts.</summary>
public sealed class EventRaiser(Session session, DutyIssuer issuer, AuditWriter audit, Outbox outbox, DomainClock clock)
{
    /// <summary>The kind of event that is passed up to the jurisdiction above.</summary>
    private const string SuspectedCase = "suspected-case";

    /// <param name="asked">Of the units that share a duty, only these; null: all of them, by the due of the duty.</param>
    /// <returns>The tasks it starts, not yet written.</returns>
    public async Task<IReadOnlyList<TaskInstance>> Raise(
        RaisedEvent raised, Actor actor, Catalogue catalogue, CancellationToken ct, Asked? asked = null)
    {
        raised.Urgent = catalogue.Set.EventKind(raised.Kind)?.Urgent ?? false;
        var start = await new EventStart(session, catalogue, clock).Of(raised, asked, ct);
        raised.NotStarted = start.NotStarted;
        session.Db.RaisedEvents.Add(raised);

        // What was told may hold a person's number, and the record is copied: it takes the proof, the row keeps the words. Numbers get into
        // the summary too.
        var details = new Dictionary<string, object?>
        {
            ["event"] = raised.Kind, ["eventId"] = raised.Id, ["summary"] = Masking.Words(raised.Summary), ["notStarted"] = raised.NotStarted,
            ["dataSha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(raised.Data))),
        };
        var zone = catalogue.Reckoning(raised.Jurisdiction).Zone;
        await audit.Append([new AuditDraft(raised.Jurisdiction, actor.Unit, raised.RaisedAt, zone, actor, "raise-event", details)], ct);
        outbox.Add(SourceNotices.Of(raised, actor, catalogue));
        return [.. await issuer.Issue(start.Tasks, catalogue, ct), .. await PassUp(raised, catalogue, ct)];
    }

    /// <summary>
    /// A suspected case in an area whose plan was made from the one above is that jurisdiction's matter too: it is raised there,
    /// once, as if the area's own unit had reported it.
    /// </summary>
    private async Task<IReadOnlyList<TaskInstance>> PassUp(RaisedEvent raised, Catalogue catalogue, CancellationToken ct)
    {
        if (raised.Kind != SuspectedCase || catalogue.Set.Jurisdiction(raised.Jurisdiction) is not { Parent: { } above, ParentUnit: { } unit } place
            || !await session.Db.Plans.AnyAsync(plan => plan.Jurisdiction == place.Id && plan.ParentPlan != null && plan.Status == PlanStatus.Active, ct))
        {
            return [];
        }

        var told = new RaisedEvent
        {
            Id = Guid.CreateVersion7(clock.Now), Jurisdiction = above, Kind = raised.Kind, Summary = $"{place.Name}：{raised.Summary}", Data = raised.Data,
            OccurredAt = raised.OccurredAt, RaisedAt = raised.RaisedAt, RaisedBy = raised.RaisedBy, RaisedByUnit = unit, RaisedByPost = raised.RaisedByPost,
            SignedByPost = raised.SignedByPost, RaisedByStep = RaisedEvent.FromBelow + raised.Key,
        };
        return await Raise(told, Actor.Scheduler(above), catalogue, ct);
    }

    /// <summary>Raised by a step of a process, once per run, and once per unit where each task of a fan-out leads to it.</summary>
    public async Task<IReadOnlyList<TaskInstance>> RaiseByProcess(TaskInstance task, ProcessEffect.RaiseEvent effect, Catalogue catalogue, CancellationToken ct)
    {
        var step = effect.Step;
        var key = $"{task.Activation}|{task.Run}|{step.Id}{(effect.Unit is { } unit ? "|" + unit : "")}";
        if (await session.Db.RaisedEvents.AnyAsync(raised => raised.RaisedByStep == key, ct))
        {
            return [];
        }

        var authors = await ReportAuthors.Of(session.Db, audit, task.Id, ct);
        var happened = new RaisedEvent
        {
            Id = Guid.CreateVersion7(clock.Now), Jurisdiction = task.Jurisdiction, Kind = step.Event, Summary = task.Title,
            Data = WithContact(DataOf(task, step), task, step, authors, catalogue), OccurredAt = clock.Now, RaisedAt = clock.Now,
            RaisedBy = authors.Writer?.UserName ?? task.SubmittedBy ?? "", RaisedByUnit = task.LeadUnit, RaisedByPost = authors.Writer?.Post ?? "",
            SignedByPost = authors.Signer?.Post, RaisedByStep = key,
        };
        return await Raise(happened, Actor.Scheduler(task.Jurisdiction), catalogue, ct);
    }

    /// <summary>Whom to ask, as a reporter by hand would have written it: the unit with who wrote and who signed, by post.</summary>
    private static string WithContact(string data, TaskInstance task, RaiseStep step, ReportAuthors authors, Catalogue catalogue)
    {
        var form = catalogue.Set.EventKind(step.Event)?.Form is { } id ? catalogue.Set.Forms.GetValueOrDefault(id) : null;
        if (authors.Writer is null || form?.Fields.Contains(EventAccess.ContactField) != true)
        {
            return data;
        }

        var told = JsonNode.Parse(data)!.AsObject();
        var unit = catalogue.Set.Unit(task.Jurisdiction, task.LeadUnit)?.Name ?? task.LeadUnit;
        told[EventAccess.ContactField] ??= $"{unit} {string.Join("、", new[] { authors.Writer.Post, authors.Signer?.Post }.OfType<string>().Distinct())}";
        return told.ToJsonString(JsonColumn.Options);
    }

    /// <summary>What the step takes from the report; all of it where it names nothing.</summary>
    private static string DataOf(TaskInstance task, RaiseStep step)
    {
        if (step.Data.Count == 0 || task.ReportForm is null)
        {
            return task.ReportForm ?? "{}";
        }

        var form = JsonNode.Parse(task.ReportForm)!.AsObject();
        return new JsonObject(step.Data.Where(field => form[field.Value] is not null).Select(field => KeyValuePair.Create(field.Key, form[field.Value]?.DeepClone()))).ToJsonString(JsonColumn.Options);
    }
}
