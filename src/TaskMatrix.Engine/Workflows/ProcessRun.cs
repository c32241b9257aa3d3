using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Workflows;

/// <summary>A task of a run, as far as the process has to know it.</summary>
public sealed record RunTask(string Step, string Unit, TaskState State, string? Form);

/// <summary>What has to happen next in a run.</summary>
public abstract record ProcessEffect
{
    private ProcessEffect()
    {
    }

    public sealed record IssueWork(WorkStep Step) : ProcessEffect;

    /// <param name="Unit">The unit of the fan-out whose task caused it; null: the run.</param>
    public sealed record RaiseEvent(RaiseStep Step, string? Unit = null) : ProcessEffect;

    public sealed record End : ProcessEffect;
}

/// <summary>
/// A run of a process has no state of its own: where it stands follows from its tasks, so it cannot disagree with them, and
/// asking twice gives the same answer.
/// </summary>
public sealed class ProcessRun(ProcessDefinition process, IReadOnlyCollection<RunTask> tasks)
{
    /// <summary>
    /// Effects of tasks of a step having ended: of each by itself, and of the step where it waits for no other and the run was
    /// not terminated.
    /// </summary>
    /// <param name="units">Whose tasks of a fan-out have just ended; none where a step has one task.</param>
    public IReadOnlyList<ProcessEffect> After(string step, params IReadOnlyCollection<string> units)
    {
        if (process.Find(step) is not WorkStep work)
        {
            return [];
        }

        List<ProcessEffect> effects = work.Each is { } each
            ? [.. units.Where(unit => HasEnded(step, unit)).SelectMany(unit => Walk(each, unit).OfType<ProcessEffect.RaiseEvent>())]
            : [];
        if (Complete(work))
        {
            effects.AddRange(work.Next is null ? [new ProcessEffect.End()] : Walk(work.Next, null));
        }

        return effects;
    }

    /// <summary>Where every open task of the run stands, by step.</summary>
    public IReadOnlySet<string> OpenSteps => tasks.Where(task => task.State.IsOpen()).Select(task => task.Step).ToHashSet();

    private bool HasEnded(string step, string unit) =>
        tasks.Any(task => task.Step == step && task.Unit == unit && !task.State.IsOpen() && task.State != TaskState.Terminated);

    private bool Complete(WorkStep step)
    {
        var own = tasks.Where(task => task.Step == step.Id).ToList();
        var ended = own.Count(task => !task.State.IsOpen());
        if (own.Count > 0 && own.All(task => task.State == TaskState.Terminated))
        {
            return false;
        }

        return step.FanOut is { JoinAll: false } ? ended > 0 : own.Count > 0 && ended == own.Count;
    }

    private IEnumerable<ProcessEffect> Walk(string id, string? unit)
    {
        // A loader refuses a cycle without a task in it, so this ends.
        for (var next = (string?)id; next is not null;)
        {
            switch (process.Find(next))
            {
                case WorkStep work:
                    yield return new ProcessEffect.IssueWork(work);
                    yield break;
                case RaiseStep raise:
                    yield return new ProcessEffect.RaiseEvent(raise, unit);
                    next = raise.Next;
                    break;
                case BranchStep branch:
                    next = branch.Cases.FirstOrDefault(way => way.When.Holds(FormOf(way.When.Step, unit)))?.Next ?? branch.Otherwise;
                    break;
                default:
                    yield return new ProcessEffect.End();
                    yield break;
            }
        }

        yield return new ProcessEffect.End();
    }

    private string? FormOf(string step, string? unit) =>
        tasks.LastOrDefault(task => task.Step == step && task.Form is not null && (unit is null || task.Unit == unit))?.Form;
}
