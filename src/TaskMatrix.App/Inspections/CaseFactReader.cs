using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Inspections;

/// <summary>Reads what speaks against a unit and what for it out of the record.</summary>
public sealed class CaseFactReader(Session session, DomainClock clock)
{
    /// <param name="tasks">What the inspection is about.</param>
    public async Task<IReadOnlyList<CaseFact>> Of(Inspection inspection, IReadOnlyList<TaskInstance> tasks, CancellationToken ct)
    {
        var events = await EventsOf(tasks, ct);
        var facts = tasks.SelectMany(task => CaseFacts.Of(task, events[task.Id])).Concat(CaseFacts.Of(inspection, clock.Now)).Concat(await Meetings(inspection, tasks, ct));
        return [.. facts.OrderBy(fact => fact.Side).ThenBy(fact => fact.At).ThenBy(fact => fact.Code, StringComparer.Ordinal)];
    }

    private async Task<ILookup<Guid, TaskEvent>> EventsOf(IReadOnlyList<TaskInstance> tasks, CancellationToken ct)
    {
        var ids = tasks.Select(task => (Guid?)task.Id).ToList();
        var entries = await session.Db.Audit.AsNoTracking().Where(entry => ids.Contains(entry.TaskId) && entry.TaskSequence != null)
            .OrderBy(entry => entry.TaskId).ThenBy(entry => entry.TaskSequence).Select(entry => new { entry.TaskId, entry.Payload }).ToListAsync(ct);
        return entries.ToLookup(entry => entry.TaskId!.Value, entry => TaskEvents.Read(entry.Payload));
    }

    /// <summary>求助: a coordination meeting that the unit proposed while it had one of the tasks.</summary>
    private async Task<IEnumerable<CaseFact>> Meetings(Inspection inspection, IReadOnlyList<TaskInstance> tasks, CancellationToken ct)
    {
        if (tasks.Min(task => task.IssuedAt) is not { } from)
        {
            return [];
        }

        var (place, unit, until) = (inspection.Jurisdiction, inspection.Unit, inspection.OpenedAt);
        var meetings = await session.Db.Meetings.AsNoTracking()
            .Where(meeting => meeting.Jurisdiction == place && meeting.ProposedAt >= from && meeting.ProposedAt <= until && meeting.ProposedByUnit == unit)
            .OrderBy(meeting => meeting.ProposedAt).Select(meeting => new { meeting.ProposedAt, meeting.Number, meeting.Title }).ToListAsync(ct);
        return meetings.Select(meeting => new CaseFact(CaseFacts.AskedForHelp, FactSide.For, meeting.ProposedAt, null, $"{meeting.Number} {meeting.Title}"));
    }
}
