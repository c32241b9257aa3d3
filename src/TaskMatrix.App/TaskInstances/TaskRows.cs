using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>Reads and writes the rows of tasks and their timers for the ledger, without EF's change tracker.</summary>
public sealed class TaskRows(Session session)
{
    private readonly Dictionary<Guid, (TaskInstance Task, object?[] Before)> _loaded = [];

    private int _turn;

    /// <returns>Null when there is none; the same object when the command asks again.</returns>
    internal async Task<TaskInstance?> Load(Guid id, CancellationToken ct) => (await Load([id], ct)).SingleOrDefault();

    /// <returns>Those that exist, in no particular order.</returns>
    internal async Task<IReadOnlyList<TaskInstance>> Load(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var map = Map();
        foreach (var query in Queries(map, [.. ids.Where(id => !_loaded.ContainsKey(id))]))
        {
            foreach (var (task, before) in await session.Db.Statements!.ReadAnd(query, map.Read, CatalogueSource.StampQuery, ct))
            {
                _loaded[task.Id] = (task, before);
            }
        }

        return [.. ids.Where(_loaded.ContainsKey).Select(id => _loaded[id].Task)];
    }

    /// <summary>
    /// Timers first, then the rows themselves, each in the order of their ids: a sweep locks the timer before the task, and
    /// so does everybody else. Where PostgreSQL is given many at once the order is its own, and it may have to break two off.
    /// </summary>
    internal async Task Write(IReadOnlyCollection<TaskInstance> changed, Catalogue catalogue, CancellationToken ct)
    {
        var map = Map();
        var (sorted, changes) = (changed.OrderBy(task => task.Id).ToList(), new List<Change>(changed.Count * 2));
        changes.AddRange(sorted.Select(task => TimerOf(task, catalogue)));
        foreach (var task in sorted)
        {
            var after = map.Values(task);
            if (RowOf(task, map, after) is { } change)
            {
                changes.Add(change);
            }

            _loaded[task.Id] = (task, after);
        }

        await session.Db.Statements!.Write(changes, ct);
    }

    private RowMap<TaskInstance> Map()
    {
        if (_turn != session.Turn)
        {
            _loaded.Clear();
            _turn = session.Turn;
        }

        return RowMap<TaskInstance>.Of(session.Db, TaskInstanceTable.Computed);
    }

    /// <summary>On PostgreSQL several are asked for at once; one is asked for as one, since only its plan is kept.</summary>
    private IEnumerable<Change> Queries(RowMap<TaskInstance> map, Guid[] ids) => session.Db is PostgresStore && ids.Length > 1
        ? [(ById[0] ??= map.Select("id = ANY ($1)", typeof(Guid[]))).With(ids)]
        : ids.Select(id => (ById[1] ??= map.Select("id = $1", typeof(Guid))).With(id));

    private Change? RowOf(TaskInstance task, RowMap<TaskInstance> map, object?[] after)
    {
        if (task.Version == task.Recorded.Count)
        {
            return map.InsertOf(after);
        }

        if (_loaded.TryGetValue(task.Id, out var known) && ReferenceEquals(known.Task, task))
        {
            return map.UpdateOf(after, known.Before);
        }

        // Read by a query of EF's, which must not write it a second time.
        var entry = session.Db.Entry(task);
        var before = map.Values(property => entry.OriginalValues[property]);
        entry.State = EntityState.Detached;
        return map.UpdateOf(after, before);
    }

    private Change TimerOf(TaskInstance task, Catalogue catalogue) => task.NextTimer(catalogue.Ladder(task.Ladder)) is { } next
        ? RowMap<StoredTimer>.Of(session.Db).UpsertOf(new StoredTimer { TaskId = task.Id, Jurisdiction = task.Jurisdiction, DueAt = next.At, Kind = next.Kind })
        : RemoveTimer.With(task.Id);

    internal static readonly Statement RemoveTimer = new("DELETE FROM timers WHERE task_id = $1", [typeof(Guid)]) { Many = "DELETE FROM timers WHERE task_id = ANY ($1)" };

    private static readonly Statement?[] ById = new Statement?[2];
}
