using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Writes down an event of the catalogue and makes the tasks of every duty it starts.</summary>
public sealed class EventRaiser(Session session, DutyIssuer issuer, AuditWriter audit, DomainClock clock)
{
    /// <returns>The tasks it starts, not yet written.</returns>
    public async Task<IReadOnlyList<TaskInstance>> Raise(RaisedEvent raised, Actor actor, Catalogue catalogue, CancellationToken ct)
    {
        session.Db.RaisedEvents.Add(raised);
        var zone = catalogue.Reckoning(raised.Jurisdiction).Zone;
        var details = new Dictionary<string, object?> { ["event"] = raised.Kind, ["eventId"] = raised.Id, ["summary"] = raised.Summary, ["data"] = raised.Data };
        await audit.Append([new AuditDraft(raised.Jurisdiction, actor.Unit, raised.RaisedAt, zone, actor, "raise-event", details)], ct);
        return await issuer.Issue(await Wanted(raised, catalogue, ct), catalogue, ct);
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

        var happened = new RaisedEvent
        {
            Id = Guid.CreateVersion7(), Jurisdiction = task.Jurisdiction, Kind = step.Event, Summary = task.Title,
            Data = DataOf(task, step), OccurredAt = clock.Now, RaisedAt = clock.Now, RaisedBy = task.SubmittedBy ?? "",
            RaisedByUnit = task.LeadUnit, RaisedByStep = key,
        };
        return await Raise(happened, Actor.Scheduler(task.Jurisdiction), catalogue, ct);
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

    private async Task<List<DutyTask>> Wanted(RaisedEvent raised, Catalogue catalogue, CancellationToken ct)
    {
        var active = await session.Db.Plans.AsNoTracking().Where(plan => plan.Jurisdiction == raised.Jurisdiction && plan.Status == PlanStatus.Active)
            .ToDictionaryAsync(plan => plan.Id, ct);
        var day = catalogue.Reckoning(raised.Jurisdiction).LocalDate(clock.Now);
        return [.. catalogue.DutiesOn(raised.Jurisdiction, raised.Kind)
            .Where(duty => active.ContainsKey(duty.Plan))
            .SelectMany(duty => duty.LeadUnits.SelectMany(unit => First(duty, unit, active[duty.Plan], $"{day:yyyy-MM-dd}#{raised.Id.ToString("N")[^8..]}", raised, catalogue)))];
    }

    private IEnumerable<DutyTask> First(Duty duty, string unit, Plan plan, string key, RaisedEvent raised, Catalogue catalogue)
    {
        var process = catalogue.ProcessOf(duty);
        var step = (WorkStep)process.First(onOccurrence: false);
        var first = new DutyTask(duty, process, step, unit, unit, key, clock.Now)
        {
            Activation = plan.Activation, ShiftDays = plan.ShiftDays, Source = new TaskSource("event", raised.Id.ToString()),
        };
        return DutyIssuer.OfStep(first, step, catalogue);
    }
}
