using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Overdue;
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
    Session session, CatalogueSource catalogues, AuditWriter audit, RunContinuation runs, SourceFollowUp sources, Subordinates subordinates,
    TaskMessages messages)
{
    /// <exception cref="NotFoundException">No such task, or not one this actor may know of.</exception>
    public async Task<TaskInstance> Load(Guid id, int? expectedVersion, Actor actor, CancellationToken ct)
    {
        var task = await session.Db.Tasks.AsTracking().SingleOrDefaultAsync(candidate => candidate.Id == id, ct);
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
        var catalogue = await catalogues.Current(session.Db, ct);
        var pending = tasks;
        while (pending.Count > 0)
        {
            var moved = pending.Where(SourceFollowUp.Concerns).Select(task => (task, IsNew(task))).ToList();
            var below = pending.Where(EndsBelow).ToList();
            await Write(pending, catalogue, ct);
            await sources.Follow(moved, ct);
            pending = [.. await runs.After([.. pending.Where(Ended)], catalogue, ct), .. await subordinates.Above(below, ct)];
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

    private async Task Write(IReadOnlyList<TaskInstance> tasks, Catalogue catalogue, CancellationToken ct)
    {
        var changed = tasks.Where(task => task.Recorded.Count > 0).ToList();
        var timers = await TimersOf([.. changed.Where(task => !IsNew(task)).Select(task => task.Id)], ct);
        await audit.Append([.. changed.SelectMany(task => task.Recorded.SelectMany(happened => AuditRecord.Of(task, happened)))], ct);
        await messages.Of(changed, catalogue, ct);
        var units = await UnitsOf([.. changed.Where(task => !IsNew(task) && UnitsMoved(task)).Select(task => task.Id)], ct);
        foreach (var task in changed)
        {
            if (IsNew(task))
            {
                session.Db.Tasks.Add(task);
            }

            SetColumns(task);
            SetUnits(task, [.. units[task.Id]]);
            SetTimer(task, timers.GetValueOrDefault(task.Id), catalogue);
        }

        await session.Db.SaveChangesAsync(ct);
        changed.ForEach(task => task.ForgetRecorded());
    }

    /// <summary>Columns that lists filter and sort by.</summary>
    private void SetColumns(TaskInstance task)
    {
        var row = session.Db.Entry(task);
        row.Property(TaskInstanceTable.BlueFrom).CurrentValue = task.WarnAt;
        row.Property(TaskInstanceTable.RedFrom).CurrentValue = task.RedFrom;
        row.Property(TaskInstanceTable.DueSort).CurrentValue = task.DueAt ?? DateTimeOffset.MaxValue;
        row.Property(TaskInstanceTable.LateSince).CurrentValue = task.LateSince;
        row.Property(TaskInstanceTable.Day).CurrentValue = DayOf(task.Occurrence);
    }

    /// <summary>An occurrence begins with its local date, whatever tells apart several of one day.</summary>
    private static DateOnly? DayOf(string? occurrence) =>
        occurrence is { Length: >= 10 } && DateOnly.TryParseExact(occurrence[..10], "yyyy-MM-dd", out var day) ? day : null;

    private static bool IsNew(TaskInstance task) => task.Version == task.Recorded.Count;

    private async Task<Dictionary<Guid, StoredTimer>> TimersOf(List<Guid> tasks, CancellationToken ct)
    {
        var timers = session.Db is PostgresStore
            ? session.Db.Timers.FromSql($"SELECT * FROM timers WHERE task_id = ANY ({tasks}) ORDER BY task_id FOR UPDATE")
            : session.Db.Timers.Where(timer => tasks.Contains(timer.TaskId));
        return tasks.Count == 0 ? [] : await timers.AsTracking().ToDictionaryAsync(timer => timer.TaskId, ct);
    }

    private async Task<ILookup<Guid, TaskUnit>> UnitsOf(List<Guid> tasks, CancellationToken ct) => (tasks.Count == 0
        ? []
        : await session.Db.TaskUnits.AsTracking().Where(unit => tasks.Contains(unit.TaskId)).ToListAsync(ct)).ToLookup(unit => unit.TaskId);

    private static bool UnitsMoved(TaskInstance task) =>
        IsNew(task) || task.Recorded.Any(happened => happened.Event is Reassigned || MovesReading(task, happened));

    /// <summary>Closing, reading, correcting and reopening change what informed units have to read.</summary>
    private static bool MovesReading(TaskInstance task, RecordedEvent happened) =>
        (happened.From == TaskState.Closed || happened.To == TaskState.Closed) && task.CoUnits.Any(co => co.OnlyInformed);

    private void SetUnits(TaskInstance task, List<TaskUnit> rows)
    {
        if (!UnitsMoved(task))
        {
            return;
        }

        var parts = task.CoUnits.GroupBy(co => co.Unit).ToDictionary(co => co.Key, co => co.All(part => part.OnlyInformed) ? "reads" : "works");
        parts[task.LeadUnit] = "leads";
        session.Db.TaskUnits.RemoveRange(rows.Where(row => !parts.ContainsKey(row.Unit)));
        foreach (var (unit, part) in parts)
        {
            var row = rows.FirstOrDefault(row => row.Unit == unit)
                ?? session.Db.TaskUnits.Add(new TaskUnit { TaskId = task.Id, Jurisdiction = task.Jurisdiction, Unit = unit, Part = part }).Entity;
            (row.Part, row.AwaitsReadingSince) = (part, part == "reads" ? task.AwaitsReadingSince(unit) : null);
        }
    }

    private void SetTimer(TaskInstance task, StoredTimer? row, Catalogue catalogue)
    {
        var next = task.NextTimer(catalogue.Ladder(task.Ladder));
        if (next is null)
        {
            _ = row is null ? null : session.Db.Timers.Remove(row);
        }
        else if (row is null)
        {
            session.Db.Timers.Add(new StoredTimer { TaskId = task.Id, Jurisdiction = task.Jurisdiction, DueAt = next.At, Kind = next.Kind });
        }
        else
        {
            (row.DueAt, row.Kind, row.Attempts, row.LastError, row.SetAside) = (next.At, next.Kind, 0, null, false);
        }
    }
}
