using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Whether what already stands in a set can go on with a definition that was replaced.</summary>
internal static class DefinitionUses
{
    /// <param name="set">With the new version.</param>
    public static void Check(DefinitionSet set, string id, ProblemList problems)
    {
        switch (DefinitionKinds.Of(id))
        {
            case DefinitionKind.Events:
                CheckEvents(set, problems);
                break;
            case DefinitionKind.Process when set.Processes.TryGetValue(id, out var process):
                CheckParameters(set, process, problems);
                break;
            case DefinitionKind.Form:
                CheckFields(set, DefinitionKinds.NameIn(id), problems);
                break;
        }
    }

    private static void CheckEvents(DefinitionSet set, ProblemList problems)
    {
        var raised = set.Processes.Values.SelectMany(process => process.Steps.OfType<RaiseStep>().Select(step => (User: process.Id, step.Event)));
        var awaited = set.Duties.Where(duty => duty.Event is not null).Select(duty => (User: duty.Id, Event: duty.Event!));
        foreach (var (user, missing) in raised.Concat(awaited).Where(use => set.EventKind(use.Event) is null))
        {
            problems.Add(1, 1, "definition.in-use", missing, user);
        }
    }

    private static void CheckParameters(DefinitionSet set, ProcessDefinition process, ProblemList problems)
    {
        foreach (var duty in set.Duties.Where(duty => duty.Process == process.Id))
        {
            foreach (var name in process.Parameters.Where(name => !duty.With.ContainsKey(name)))
            {
                problems.Add(1, 1, "definition.missing-parameter", name, duty.Id);
            }
        }
    }

    private static void CheckFields(DefinitionSet set, string form, ProblemList problems)
    {
        if (!set.Forms.TryGetValue(form, out var read))
        {
            return;
        }

        foreach (var process in set.Processes.Values)
        {
            var conditions = process.Steps.OfType<BranchStep>().SelectMany(step => step.Cases).Select(way => way.When)
                .Where(when => process.Find(when.Step) is WorkStep work && Uses(set, process, work, form));
            foreach (var when in conditions.Where(when => !read.Fields.Contains(when.Field)))
            {
                problems.Add(1, 1, "definition.in-use", when.Field, process.Id);
            }
        }
    }

    private static bool Uses(DefinitionSet set, ProcessDefinition process, WorkStep step, string form) =>
        step.Form == form || (step.Form is null && set.Duties.Exists(duty => duty.Process == process.Id && duty.With.GetValueOrDefault("form")?.Contains(form) == true));
}
