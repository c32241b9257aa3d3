using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>
/// The one door to a changed task: row, units, timer and record in the transaction of the command, and with a task that
/// ended the next step of its process and what its instruction or meeting becomes.
/// </summary>
public sealed class TaskLedger(
    Session session, CatalogueSource catalogues, AuditWriter audit, RunContinuation runs, SourceFollowUp sources, Subordinates subordinates, TaskRows rows,
    TaskMessages messages)
{
    /// <exception cref="NotFoundException">No such task, or not one this actor may know of.</exception>
    public async Task<TaskInstance> Load(Guid id, int? expectedVersion, Actor actor, CancellationToken ct)
    {
        var task = await rows.Load(id, ct);
        if (task is null || !task.VisibleTo(actor))
        {
            throw new NotFoundException("task", id.ToString());
        }

        task.ExpectedVersion = expectedVersion;
        return task;
    }

    public Task<TaskInstance> Commit(TaskInstance task, CancellationToken ct) => CommitOne([task], ct);

    /// <summary>Writes every changed task of a batch, and what follows from those that ended.</summary>
    public async Task CommitAll(IReadOnlyList<TaskInstance> tasks, CancellationToken ct)
    {
        var catalogue = await catalogues.Current(session, ct);
        var pending = tasks;
        while (pending.Count > 0)
        {
            var moved = pending.Where(SourceFollowUp.Concerns).Select(task => (task, IsNew(task))).ToList();
            var below = pending.Where(EndsBelow).ToList();
            var above = pending.Where(EndsAbove).ToList();
            await Write(pending, catalogue, ct);
            var concluded = await sources.Follow(moved, ct);
            pending = [.. concluded, .. await runs.After([.. pending.Where(Ended)], catalogue, ct), .. await subordinates.Above(below, ct), .. await subordinates.Below(above, ct)];
        }
    }

    private async Task<TaskInstance> CommitOne(TaskInstance[] tasks, CancellationToken ct)
    {
        await CommitAll(tasks, ct);
        return tasks[0];
    }

    private static bool Ended(TaskInstance task) => task.Run is not null && !task.State.IsOpen();

    /// <summary>A task passed down that these events end.</summary>
    private static bool EndsBelow(TaskInstance task) =>
        task.ParentTask is not null && task.Recorded.Any(happened => happened.From is { } from && from.IsOpen() && !happened.To.IsOpen());

    /// <summary>A task that was passed down, and that these events end or take up again.</summary>
    private static bool EndsAbove(TaskInstance task) =>
        task.PassedDown.Count > 0 && task.Recorded.Any(happened => happened.From is { } from && from.IsOpen() != happened.To.IsOpen());

    private async Task Write(IReadOnlyList<TaskInstance> tasks, Catalogue catalogue, CancellationToken ct)
    {
        var changed = tasks.Where(task => task.Recorded.Count > 0).ToList();
        await audit.Append([.. changed.SelectMany(task => task.Recorded.SelectMany(happened => AuditRecord.Of(task, happened)))], ct);
        await messages.Of(changed, catalogue, ct);
        var moved = changed.FindAll(task => !IsNew(task) && UnitsMoved(task));
        var units = await UnitsOf([.. moved.Select(task => task.Id)], ct);
        moved.ForEach(task => MoveUnits(task, [.. units[task.Id]]));
        await rows.Write(changed, catalogue, ct);
        await InsertUnits(changed.FindAll(IsNew), ct);
        await session.Db.SaveChangesAsync(ct);
        changed.ForEach(task => task.ForgetRecorded());
    }

    private static bool IsNew(TaskInstance task) => task.Version == task.Recorded.Count;

    private async Task<ILookup<Guid, TaskUnit>> UnitsOf(List<Guid> tasks, CancellationToken ct) => (tasks.Count == 0
        ? []
        : await session.Db.TaskUnits.AsTracking().Where(unit => tasks.Contains(unit.TaskId)).ToListAsync(ct)).ToLookup(unit => unit.TaskId);

    /// <summary>Of new tasks, of which there may be thousands in a commit.</summary>
    private Task InsertUnits(List<TaskInstance> tasks, CancellationToken ct)
    {
        if (tasks.Count == 0)
        {
            return Task.CompletedTask;
        }

        var map = RowMap<TaskUnit>.Of(session.Db);
        return session.Db.Statements!.Write([.. tasks.SelectMany(task => UnitParts.Of(task).Select(part => map.InsertOf(UnitOf(task, part.Key, part.Value))))], ct);
    }

    private static bool UnitsMoved(TaskInstance task) =>
        task.Recorded.Any(happened => happened.Event is Reassigned || MovesReading(task, happened));

    /// <summary>Closing, reading, correcting and reopening change what informed units have to read.</summary>
    private static bool MovesReading(TaskInstance task, RecordedEvent happened) =>
        (happened.From == TaskState.Closed || happened.To == TaskState.Closed) && task.CoUnits.Any(co => co.OnlyInformed);

    private void MoveUnits(TaskInstance task, List<TaskUnit> rows)
    {
        var parts = UnitParts.Of(task);
        session.Db.TaskUnits.RemoveRange(rows.Where(row => !parts.ContainsKey(row.Unit)));
        foreach (var (unit, part) in parts)
        {
            var now = UnitOf(task, unit, part);
            if (rows.Find(row => row.Unit == unit) is { } row)
            {
                (row.Part, row.AwaitsReadingSince) = (now.Part, now.AwaitsReadingSince);
            }
            else
            {
                session.Db.TaskUnits.Add(now);
            }
        }
    }

    private static TaskUnit UnitOf(TaskInstance task, string unit, string part) => new()
    {
        TaskId = task.Id, Jurisdiction = task.Jurisdiction, Unit = unit, Part = part, AwaitsReadingSince = part == "reads" ? task.AwaitsReadingSince(unit) : null,
    };
}
