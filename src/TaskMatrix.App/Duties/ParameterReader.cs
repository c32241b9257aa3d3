using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Duties;

/// <summary>Reads the process of a duty and the parameters it gives to it.</summary>
internal static class ParameterReader
{
    private const string Form = "form", Class = "class";

    /// <returns>A process without steps, with the problem told, when there is none of that id.</returns>
    public static (ProcessDefinition Process, IReadOnlyDictionary<string, IReadOnlyList<string>> With) Read(YamlMap duty, DutyContext context)
    {
        var with = duty.OptionalMap("with");
        var values = (with?.Members.Keys ?? []).ToDictionary(name => name, name => with!.TextOrTexts(name));
        var id = duty.Text("process");
        if (context.Known.Processes.GetValueOrDefault(id) is { } process)
        {
            Check(duty, with, process, values, context);
            return (process, values);
        }

        if (id.Length > 0)
        {
            duty.Problem("process", "definition.unknown-process", id);
        }

        return (new ProcessDefinition(id, 0, "", "", "", null, []), values);
    }

    /// <summary>All that the process asks for, and nothing that it would not read.</summary>
    private static void Check(
        YamlMap duty, YamlMap? with, ProcessDefinition process, Dictionary<string, IReadOnlyList<string>> values, DutyContext context)
    {
        foreach (var name in process.Parameters.Where(name => !values.ContainsKey(name)))
        {
            duty.Problem(with is null ? "process" : "with", "definition.missing-parameter", name, process.Id);
        }

        with?.Only([.. process.Parameters.Append(Form).Distinct()]);
        CheckForm(with, process, context);
        CheckClasses(duty, with, process, context);
        foreach (var name in process.Steps.OfType<WorkStep>().Select(step => step.Due).Where(IsParameter).Select(due => due![StepReader.Parameter.Length..]))
        {
            with.Deadline(name, "");
        }
    }

    /// <summary>A form that the duty names is known, and has the fields that the process decides by.</summary>
    private static void CheckForm(YamlMap? with, ProcessDefinition process, DutyContext context)
    {
        with?.RequireForm(context.Known, Form);
        if (with?.OptionalText(Form) is not { } id || !context.Known.Forms.TryGetValue(id, out var form))
        {
            return;
        }

        foreach (var when in process.Steps.OfType<BranchStep>().SelectMany(branch => branch.Cases).Select(way => way.When))
        {
            if (process.Steps.Any(step => step.Id == when.Step && step is WorkStep { Form: null }) && !form.Fields.Contains(when.Field))
            {
                with.Problem(Form, "definition.unknown-field", when.Field, id);
            }
        }
    }

    private static void CheckClasses(YamlMap duty, YamlMap? with, ProcessDefinition process, DutyContext context)
    {
        foreach (var units in process.Steps.OfType<WorkStep>().Select(step => step.FanOut?.Class).OfType<string>().Distinct())
        {
            if (!IsParameter(units))
            {
                context.UnitsOfClass(duty, "process", units);
            }
            else if (with?.Has(Class) == true && units == StepReader.Parameter + Class)
            {
                context.UnitsOfClass(with, Class);
            }
        }
    }

    private static bool IsParameter(string? value) => value?.StartsWith(StepReader.Parameter, StringComparison.Ordinal) == true;
}
