using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Plans;

/// <summary>Writes down a change of the response, and ends what still lies with the units.</summary>
public sealed class ResponseWriter(Session session, AuditWriter audit)
{
    /// <summary>
    /// Terminates what still lies with the units; what is with the head or the office is finished. A cut-off that passed since
    /// the last sweep makes Missed first, and what is missed is not terminated.
    /// </summary>
    /// <param name="duties">Only tasks of these; null: of the whole plan.</param>
    public async Task<Ending> Terminate(Plan plan, IReadOnlyCollection<string>? duties, Actor actor, string reason, string reference, DateTimeOffset now, CancellationToken ct)
    {
        var ended = TaskStates.EndedWithPlan.ToList();
        var rows = session.Db.Tasks.AsTracking().Where(task => task.Plan == plan.Id && ended.Contains(task.State));
        rows = duties is null ? rows : rows.Where(task => duties.Contains(task.Duty!));
        var tasks = await rows.OrderBy(task => task.Number).ToListAsync(ct);
        tasks.ForEach(task => task.FireTimers(null, now));
        var terminated = tasks.FindAll(task => ended.Contains(task.State)).ConvertAll(task => (Task: task, Before: task.State));
        terminated.ForEach(one => one.Task.Terminate(actor, reason, reference, now));
        return new Ending(tasks, terminated);
    }

    /// <summary>The change, its entry in the record and the list of what it terminated.</summary>
    public async Task Write(ResponseChange change, Plan plan, IReadOnlyList<(TaskInstance Task, TaskState Before)> terminated, Actor actor, Catalogue catalogue, CancellationToken ct)
    {
        change.Ordinal = 1 + await session.Db.ResponseChanges.CountAsync(known => known.Plan == plan.Id, ct);
        session.Db.ResponseChanges.Add(change);
        session.Db.ResponseTerminations.AddRange(terminated.Select(one => new ResponseTermination
        {
            TaskId = one.Task.Id, ChangeId = change.Id, Plan = plan.Id, Number = one.Task.Number, Unit = one.Task.LeadUnit, StateBefore = one.Before,
        }));
        var details = new Dictionary<string, object?>
        {
            ["plan"] = plan.Id, ["from"] = change.Kind == ResponseChangeKind.Start ? plan.ActiveFrom : null, ["fromLevel"] = change.FromLevel, ["toLevel"] = change.ToLevel,
            ["reason"] = change.Reason, ["reference"] = change.Reference, ["terminated"] = change.Terminated,
        };
        if (change.Kind == ResponseChangeKind.Adjust)
        {
            (details["dutiesStarted"], details["dutiesStopped"]) = (change.DutiesStarted, change.DutiesStopped);
        }

        var action = change.Kind switch { ResponseChangeKind.Start => "activate-plan", ResponseChangeKind.Adjust => "adjust-plan", _ => "end-plan" };
        await audit.Append([new AuditDraft(plan.Jurisdiction, actor.Unit, change.At, catalogue.Reckoning(plan.Jurisdiction).Zone, actor, action, details)], ct);
        await session.Db.SaveChangesAsync(ct);
    }
}

/// <summary>What an end did to tasks.</summary>
/// <param name="Changed">All that were looked at, also those that turned out to be missed.</param>
public sealed record Ending(IReadOnlyList<TaskInstance> Changed, IReadOnlyList<(TaskInstance Task, TaskState Before)> Terminated);
