using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Duties;

/// <summary>
/// How the tasks of a plan stood at a moment. What was closed by then and still is needs no record; of the others each is
/// rebuilt from its entries up to that moment, some hundred at a time.
/// </summary>
internal sealed class MatrixThen(StoreContext db, Actor actor)
{
    /// <summary>Tasks that one answer rebuilds.</summary>
    public const int Most = 5_000;

    private const int AtOnce = 200;

    private readonly Dictionary<(string, string), TaskCounts> _cells = [];

    /// <exception cref="RuleBrokenException">matrix.too-much-record (409): more than <see cref="Most"/> would have to be rebuilt.</exception>
    public async Task<Dictionary<(string, string), Standing>> Figures(string? plan, DateTimeOffset moment, CancellationToken ct)
    {
        var tasks = db.Tasks.AsNoTracking().Where(task => task.Plan != null && task.Plan == plan && task.Duty != null && task.CreatedAt <= moment);
        await CountClosed(Own(tasks.Where(task => task.State == TaskState.Closed && task.ClosedAt <= moment)), ct);

        // Who leads a task now need not have led it then, so every task is looked at that was issued to the unit or is its own now.
        var moved = tasks.Where(task => task.State != TaskState.Closed || task.ClosedAt == null || task.ClosedAt > moment);
        var ids = await Near(moved).OrderBy(task => task.Id).Select(task => task.Id).Take(Most + 1).ToListAsync(ct);
        if (ids.Count > Most)
        {
            throw new RuleBrokenException("matrix.too-much-record", RuleKind.Conflict, Most);
        }

        foreach (var some in ids.Chunk(AtOnce))
        {
            await Rebuild([.. some.Select(id => (Guid?)id)], moment, ct);
        }

        return _cells.ToDictionary(cell => cell.Key, cell => cell.Value.ToStanding());
    }

    private IQueryable<TaskInstance> Own(IQueryable<TaskInstance> tasks) => actor.Oversees ? tasks : tasks.Where(task => task.LeadUnit == actor.Unit);

    private IQueryable<TaskInstance> Near(IQueryable<TaskInstance> tasks) =>
        actor.Oversees ? tasks : tasks.Where(task => task.LeadUnit == actor.Unit || task.IssuedTo == actor.Unit);

    private async Task CountClosed(IQueryable<TaskInstance> closed, CancellationToken ct)
    {
        var counts = await closed.GroupBy(task => new { task.Duty, task.LeadUnit }).Select(group => new { group.Key.Duty, group.Key.LeadUnit, Closed = group.Count() }).ToListAsync(ct);
        foreach (var count in counts)
        {
            Add(count.Duty!, count.LeadUnit, new TaskCounts(0, 0, count.Closed, 0, 0, 0, 0));
        }
    }

    private async Task Rebuild(List<Guid?> ids, DateTimeOffset moment, CancellationToken ct)
    {
        var entries = await db.Audit.AsNoTracking().Where(entry => ids.Contains(entry.TaskId) && entry.TaskSequence != null && entry.At <= moment)
            .OrderBy(entry => entry.TaskSequence).Select(entry => new { entry.TaskId, entry.Payload }).ToListAsync(ct);
        foreach (var events in entries.GroupBy(entry => entry.TaskId))
        {
            var task = TaskInstance.Replay(events.Select(entry => TaskEvents.Read(entry.Payload)));
            if (actor.Oversees || task.LeadUnit == actor.Unit)
            {
                Add(task.Duty!, task.LeadUnit, Of(task, moment));
            }
        }
    }

    private static TaskCounts Of(TaskInstance task, DateTimeOffset moment)
    {
        return new TaskCounts(
            One(task.State.IsOpen()), One(task.LateSince is not null), One(task.State == TaskState.Closed),
            One(task.State == TaskState.Returned || (task.InRework && task.State == TaskState.InProgress)), One(TaskStates.WithUnit.Contains(task.State) && task.WarnAt <= moment),
            One(task.State is TaskState.Draft or TaskState.Suspended), One(task.State == TaskState.Missed));
    }

    private void Add(string duty, string unit, TaskCounts more) => _cells[(duty, unit)] = _cells.GetValueOrDefault((duty, unit), TaskCounts.None) + more;

    private static int One(bool holds) => holds ? 1 : 0;
}
