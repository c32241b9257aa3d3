using TaskMatrix.App.Reports;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Whether what already stands in a set can go on with a definition that was replaced. The definition itself is sound.</summary>
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
            case DefinitionKind.Process:
                CheckParameters(set, set.Processes[id], problems);
                CheckFields(set, set.Processes[id], problems);
                break;
            case DefinitionKind.Form:
                set.Processes.Values.ToList().ForEach(process => CheckFields(set, process, problems));
                CheckColumns(set, problems);
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

    /// <summary>A field that a process decides by stands in every form it may be read from.</summary>
    private static void CheckFields(DefinitionSet set, ProcessDefinition process, ProblemList problems)
    {
        foreach (var when in process.Steps.OfType<BranchStep>().SelectMany(step => step.Cases).Select(way => way.When))
        {
            foreach (var form in FormsOf(set, process, when.Step).Where(form => set.Forms.TryGetValue(form, out var read) && !read.Fields.Contains(when.Field)))
            {
                problems.Add(1, 1, "definition.unknown-field", when.Field, form);
            }
        }
    }

    /// <summary>Every column that a register is kept in stays a field of the form.</summary>
    private static void CheckColumns(DefinitionSet set, ProblemList problems)
    {
        foreach (var duty in set.Duties.Where(duty => duty.Register is not null))
        {
            foreach (var column in duty.Register!.Columns.Where(column => !set.Forms[RegisterColumns.Form].Fields.Contains(column)))
            {
                problems.Add(1, 1, "definition.in-use", column, duty.Id);
            }
        }
    }

    private static IEnumerable<string> FormsOf(DefinitionSet set, ProcessDefinition process, string step) =>
        process.Find(step) is WorkStep { Form: { } own }
            ? [own]
            : set.Duties.Where(duty => duty.Process == process.Id).SelectMany(duty => duty.With.GetValueOrDefault("form", [])).Distinct();
}
