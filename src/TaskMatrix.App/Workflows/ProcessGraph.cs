using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Whether the steps of a process hang together, so that every run of it ends.</summary>
internal sealed class ProcessGraph(YamlMap root, ProcessDefinition process, IReadOnlyList<(YamlMap Map, Step Step)> steps)
{
    /// <summary>More would be drawn by nobody and checked slowly.</summary>
    private const int MaxSteps = 100;

    public void Check(DefinitionSet known)
    {
        if (steps.Count > MaxSteps)
        {
            root.Problem("steps", "process.too-many-steps", steps.Count, MaxSteps);
            return;
        }

        CheckNames();
        CheckConditions(known);
        if (References().Aggregate(true, (sound, reference) => IsKnown(reference.Map, reference.Member, reference.Step) && sound))
        {
            CheckReach();
            CheckCycles();
            CheckEach();
        }
    }

    private void CheckNames()
    {
        foreach (var (map, step) in steps.Where(one => steps.First(other => other.Step.Id == one.Step.Id).Map != one.Map))
        {
            map.Problem("id", "process.duplicate-step", step.Id);
        }
    }

    private IEnumerable<(YamlMap Map, string Member, string? Step)> References()
    {
        yield return (root, "start", process.Start);
        yield return (root, "onOccurrence", process.OnOccurrence);
        foreach (var (map, step) in steps)
        {
            yield return (map, "next", step is WorkStep work ? work.Next : (step as RaiseStep)?.Next);
            yield return (map, "each", (step as WorkStep)?.Each);
            foreach (var way in step is BranchStep ? map.OptionalMaps("cases") : [])
            {
                yield return (way, "next", way.OptionalText("next") ?? "");
            }

            yield return (map, "otherwise", (step as BranchStep)?.Otherwise);
        }
    }

    private bool IsKnown(YamlMap map, string member, string? step)
    {
        if (step is null || steps.Any(one => one.Step.Id == step))
        {
            return true;
        }

        if (step.Length > 0)
        {
            map.Problem(member, "process.unknown-step", step);
        }

        return false;
    }

    /// <summary>A condition reads a form of a task of this process, and a field which that form has.</summary>
    private void CheckConditions(DefinitionSet known)
    {
        var ways = steps.Where(one => one.Step is BranchStep).SelectMany(one => one.Map.OptionalMaps("cases"));
        foreach (var when in ways.Select(way => way.OptionalMap("when")).OfType<YamlMap>())
        {
            var (step, field) = (when.OptionalText("step") ?? "", when.OptionalText("field") ?? "");
            if (steps.Select(one => one.Step).OfType<WorkStep>().FirstOrDefault(work => work.Id == step) is not { } work)
            {
                when.Problem("step", "process.unknown-step", step);
            }
            else if (work.Form is { } form && known.Forms.TryGetValue(form, out var read) && !read.Fields.Contains(field))
            {
                when.Problem("field", "definition.unknown-field", field, form);
            }
        }
    }

    private void CheckReach()
    {
        var reached = Reach([process.Start, process.OnOccurrence ?? process.Start], throughTasks: true);
        foreach (var (map, step) in steps.Where(one => !reached.Contains(one.Step.Id)))
        {
            map.Problem("id", "process.unreachable-step", step.Id);
        }
    }

    /// <summary>A cycle that no task interrupts would never come to rest.</summary>
    private void CheckCycles()
    {
        foreach (var (map, step) in steps.Where(one => one.Step is not WorkStep && Reach(one.Step.Following, throughTasks: false).Contains(one.Step.Id)))
        {
            map.Problem("id", "process.cycle-without-task", step.Id);
        }
    }

    /// <summary>What one unit's task leads to by itself is no task: the step goes on for all of them together.</summary>
    private void CheckEach()
    {
        foreach (var (map, step) in steps.Where(one => one.Step is WorkStep { Each: { } each } && Reach([each], throughTasks: false).Any(id => process.Find(id) is WorkStep)))
        {
            map.Problem("each", "process.each-leads-to-task", step.Id);
        }
    }

    private HashSet<string> Reach(IEnumerable<string> from, bool throughTasks)
    {
        var reached = new HashSet<string>();
        var waiting = new Stack<string>(from);
        while (waiting.TryPop(out var id))
        {
            if (reached.Add(id) && process.Find(id) is var step && (throughTasks || step is not WorkStep))
            {
                step.Following.ToList().ForEach(waiting.Push);
            }
        }

        return reached;
    }
}
