using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Engine.TaskInstances;

/// <summary>An event with all that the record says about it.</summary>
/// <param name="Sequence">1-based within the task; the task's version after it.</param>
/// <param name="Changes">Field name → [old, new], as text.</param>
public sealed record RecordedEvent(
    int Sequence,
    string Action,
    TaskEvent Event,
    Actor Actor,
    TaskState? From,
    TaskState To,
    string? UnitBefore,
    string UnitAfter,
    IReadOnlyDictionary<string, string?[]> Changes,
    string? Reason);

public sealed partial class TaskInstance
{
    /// <summary>Rebuilds a task from its stored events.</summary>
    public static TaskInstance Replay(IEnumerable<TaskEvent> events)
    {
        var task = new TaskInstance();
        foreach (var happened in events)
        {
            task.Apply(happened);
        }

        return task;
    }

    /// <summary>To be called when the recorded events are stored.</summary>
    public void ForgetRecorded() => _recorded.Clear();

    /// <summary>
    /// Who first, then version, then state: the order every answer keeps. A cut-off that passed unnoticed counts, so that
    /// no answer depends on how soon the sweep came by.
    /// </summary>
    private void Guard(string action, Actor actor, DateTimeOffset now)
    {
        var rule = TaskActions.Find(action);
        Allow(actor.Jurisdiction == Jurisdiction && rule.Allows(this, actor), rule.Refusal);
        Require(ExpectedVersion is null || ExpectedVersion == Version, "task.version-conflict", Version);
        Require(rule.From.Contains(StateAt(now)), "task.wrong-state", StateAt(now));
    }

    private static void Allow(bool holds, string code)
    {
        if (!holds)
        {
            throw new RuleBrokenException(code, RuleKind.Forbidden);
        }
    }

    private static void Require(bool holds, string code, params object[] arguments)
    {
        if (!holds)
        {
            throw new RuleBrokenException(code, RuleKind.Conflict, arguments);
        }
    }

    /// <summary>Deadlines that passed unnoticed are noted first. Not earlier: a refused action leaves no trace.</summary>
    private void Record(string action, TaskEvent happened, Actor actor, string? reason = null)
    {
        NotePassedDeadlines(happened.At);
        Append(action, happened, actor, reason);
    }

    private void Append(string action, TaskEvent happened, Actor actor, string? reason = null)
    {
        TaskState? from = Version == 0 ? null : State;
        var (unitBefore, before) = (Version == 0 ? null : LeadUnit, TaskFields.Read(this));

        Apply(happened);

        _recorded.Add(new RecordedEvent(
            Version, action, happened, actor, from, State, unitBefore, LeadUnit,
            TaskFields.Differences(before, TaskFields.Read(this)), reason));
    }

    private void Apply(TaskEvent happened)
    {
        ApplyOne(happened);
        Version++;
    }
}
