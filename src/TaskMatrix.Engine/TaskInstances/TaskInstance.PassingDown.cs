using System.Text.Json.Serialization;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Engine.TaskInstances;

/// <summary>The task of the jurisdiction above that a task was passed down from.</summary>
public sealed record TaskAbove(Guid Id, string Number, string Jurisdiction)
{
    /// <summary>How the task above ended while this one was open; null while it goes on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TaskState? EndedAs { get; init; }
}

/// <summary>The task of a jurisdiction below that was made of a task.</summary>
public sealed record TaskBelow(Guid Id, string Number, string Jurisdiction);

/// <summary>The own area of a unit, where its tasks can be passed down to.</summary>
/// <param name="PlanActive">It has a plan in force.</param>
public sealed record AreaBelow(string Jurisdiction, bool PlanActive);

public sealed partial class TaskInstance
{
    /// <summary>When a task passed down is due: as asked, else with the task itself.</summary>
    /// <param name="area">Null where the lead unit has no area of its own with a plan.</param>
    /// <exception cref="RuleBrokenException">
    /// task.not-owner (403) · task.wrong-state, task.version-conflict, task.nothing-below, task.no-plan-below,
    /// task.passed-down-before, task.below-too-late (409) · task.due-in-past (400)
    /// </exception>
    public DateTimeOffset DueBelow(Actor actor, AreaBelow? area, DateTimeOffset? dueAt, DateTimeOffset now)
    {
        Guard(TaskActions.PassDown, actor, now);
        Require(area is not null, "task.nothing-below");
        Require(area!.PlanActive, "task.no-plan-below");
        Require(PassedDown.All(below => below.Jurisdiction != area.Jurisdiction), "task.passed-down-before");
        var due = dueAt ?? DueAt!.Value;
        Valid(due > now, "task.due-in-past", due);
        Require(due <= DueAt, "task.below-too-late", DueAt!.Value);
        return due;
    }

    /// <summary>下达: what the lead unit has to do is done in its own area. The task stays the unit's.</summary>
    /// <exception cref="RuleBrokenException">As <see cref="DueBelow"/>.</exception>
    public void PassDown(Actor actor, AreaBelow area, TaskBelow below, DateTimeOffset? dueAt, string? text, DateTimeOffset now)
    {
        var due = DueBelow(actor, area, dueAt, now);
        Record(TaskActions.PassDown, new PassedDown(below, due, text, now), actor);
    }

    /// <summary>The task below has ended: its end becomes feedback here. The task itself goes on; an ended one is left alone.</summary>
    /// <param name="text">How it ended, in words.</param>
    /// <returns>Whether it was noted.</returns>
    public bool HearFromBelow(Guid below, string text, DateTimeOffset now)
    {
        if (!State.IsOpen() || PassedDown.All(one => one.Id != below))
        {
            return false;
        }

        Record(TaskActions.Progress, new Progressed(Percent, text, [], now), Clock);
        return true;
    }

    /// <summary>The task above has ended, or was taken up again. This one goes on: whether it should is for its own office to say.</summary>
    /// <param name="state">In which the task above stands now.</param>
    /// <returns>Whether it was noted: an ended one is left alone, and what is known already is not told again.</returns>
    public bool HearFromAbove(TaskState state, string text, DateTimeOffset now)
    {
        var ended = state.IsOpen() ? (TaskState?)null : state;
        if (!State.IsOpen() || ParentTask is null || ParentTask.EndedAs == ended)
        {
            return false;
        }

        Record("above-ended", new AboveEnded(ended, text, now), Clock);
        return true;
    }
}
