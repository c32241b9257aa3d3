using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>How a task stands that was passed down: all that those above see of the area below.</summary>
/// <param name="UnitName">That leads it now.</param>
public sealed record TaskBelowView(
    Guid Id, string Number, string Jurisdiction, string UnitName, TaskState State, Light Light, DateTimeOffset? DueAt, DateTimeOffset? ClosedAt, Outcome? Outcome);

/// <summary>Ties tasks to those that were passed down from them.</summary>
public sealed class Subordinates(Session session, CatalogueSource catalogues, DomainClock clock)
{
    /// <summary>The view with how the tasks below stand now.</summary>
    public async Task<TaskView> Show(TaskView view, TaskInstance task, CancellationToken ct)
    {
        if (task.PassedDown.Count == 0)
        {
            return view;
        }

        var ids = task.PassedDown.Select(below => below.Id).ToList();
        var set = (await catalogues.Current(session, ct)).Set;
        var below = await session.Db.Tasks.AsNoTracking().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Number).ToListAsync(ct);
        return view with
        {
            PassedDown = [.. below.Select(one => new TaskBelowView(
                one.Id, one.Number, one.Jurisdiction, set.Unit(one.Jurisdiction, one.LeadUnit)?.Name ?? one.LeadUnit, one.State, one.LightAt(clock.Now), one.DueAt,
                one.ClosedAt, one.Outcome))],
        };
    }

    /// <summary>The tasks above of those that have just ended, with the end as feedback; not yet written.</summary>
    public async Task<IReadOnlyList<TaskInstance>> Above(IReadOnlyList<TaskInstance> ended, CancellationToken ct)
    {
        if (ended.Count == 0)
        {
            return [];
        }

        var ids = ended.Select(task => task.ParentTask!.Id).Distinct().ToList();
        var above = await session.Db.Tasks.AsTracking().Where(task => ids.Contains(task.Id)).ToDictionaryAsync(task => task.Id, ct);
        return [.. ended.Where(task => above.TryGetValue(task.ParentTask!.Id, out var parent) && parent.HearFromBelow(task.Id, Words(task), clock.Now))
            .Select(task => above[task.ParentTask!.Id]).Distinct()];
    }

    /// <summary>The tasks below of those that have just ended or were taken up again, told of it; not yet written.</summary>
    public async Task<IReadOnlyList<TaskInstance>> Below(IReadOnlyList<TaskInstance> moved, CancellationToken ct)
    {
        if (moved.Count == 0)
        {
            return [];
        }

        var above = moved.SelectMany(task => task.PassedDown.Select(below => (below.Id, Task: task))).ToDictionary(pair => pair.Id, pair => pair.Task);
        var ids = above.Keys.ToList();
        var below = await session.Db.Tasks.AsTracking().Where(task => ids.Contains(task.Id)).ToListAsync(ct);
        return below.FindAll(task => task.HearFromAbove(above[task.Id].State, WordsOf(above[task.Id]), clock.Now));
    }

    private static string WordsOf(TaskInstance above) =>
        $"上级任务 {above.Number} {(above.State.IsOpen() ? "继续办理" : End(above.State))}" + (string.IsNullOrWhiteSpace(above.Reason) ? "。" : $"：{above.Reason}");

    private static string End(TaskState state) => state switch
    {
        TaskState.Closed => "已办结",
        TaskState.NotApplicable => "不适用",
        TaskState.Missed => "未报",
        _ => "已终止",
    };

    private static string Words(TaskInstance task)
    {
        var end = End(task.State);
        var outcome = task.State != TaskState.Closed ? "" : task.Outcome switch { Outcome.NothingToReport => "，无情况", Outcome.NotExecutable => "，无法执行", _ => "" };
        var said = task.State == TaskState.Closed ? task.ReportText : task.Reason;
        return $"下级任务 {task.Number} {end}{outcome}" + (string.IsNullOrWhiteSpace(said) ? "。" : $"：{said}");
    }
}
