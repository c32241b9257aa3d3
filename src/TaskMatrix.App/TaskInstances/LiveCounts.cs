using Microsoft.EntityFrameworkCore;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>How what is still to be dealt with stands, counted by the database in groups.</summary>
internal static class LiveCounts
{
    /// <summary>Without what is finished: served by an index that holds no history.</summary>
    public static IQueryable<TaskInstance> Live(this IQueryable<TaskInstance> tasks) =>
        tasks.Where(task => EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LiveDue) != null);

    /// <param name="now">By the domain clock: what is near its end by then is warned.</param>
    public static async Task<Dictionary<TKey, TaskCounts>> CountLive<TKey>(this IQueryable<IGrouping<TKey, TaskInstance>> groups, DateTimeOffset now, CancellationToken ct)
        where TKey : notnull
    {
        var open = TaskStates.Open.ToArray();
        var withUnit = TaskStates.WithUnit.ToArray();
        var counted = await groups.Select(group => new
        {
            group.Key,
            Open = group.Count(task => open.Contains(task.State)),
            Late = group.Count(task => EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LateSince) != null),
            Rework = group.Count(task => task.State == TaskState.Returned || (task.InRework && task.State == TaskState.InProgress)),
            Warned = group.Count(task => withUnit.Contains(task.State) && EF.Property<DateTimeOffset?>(task, TaskInstanceTable.BlueFrom) <= now),
            Missed = group.Count(task => task.State == TaskState.Missed),
            Pausing = group.Count(task => task.State == TaskState.Draft || task.State == TaskState.Suspended),
        }).ToListAsync(ct);
        return counted.ToDictionary(group => group.Key, group => new TaskCounts(group.Open, group.Late, 0, group.Rework, group.Warned, group.Pausing, group.Missed));
    }
}
