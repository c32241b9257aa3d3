using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Duties;

/// <summary>Reads the process of a duty and the parameters it gives to it.</summary>
internal static class ParameterReader
{
    private const string Form = "form", Class = "class";

    /// <summary>以……报告为准: whose figures hold, and which. Of any process whose form has figures.</summary>
    private const string Authoritative = CollectingDuties.Authoritative, AuthoritativeFields = CollectingDuties.AuthoritativeFields;

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

        with?.Only([.. process.Parameters.Union([Form, Authoritative, AuthoritativeFields])]);
        CheckForm(with, process, context);
        CheckAuthority(with, process, context);
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

        foreach (var taken in process.Steps.OfType<RaiseStep>().SelectMany(step => step.Data.Values).Where(taken => !form.Fields.Contains(taken)))
        {
            with.Problem(Form, "definition.unknown-field", taken, id);
        }

        foreach (var when in process.Steps.OfType<BranchStep>().SelectMany(branch => branch.Cases).Select(way => way.When))
        {
            if (process.Steps.Any(step => step.Id == when.Step && step is WorkStep { Form: null }) && !form.Fields.Contains(when.Field))
            {
                with.Problem(Form, "definition.unknown-field", when.Field, id);
            }
        }
    }

    private static void CheckAuthority(YamlMap? with, ProcessDefinition process, DutyContext context)
    {
        if (with is null || (!with.Has(Authoritative) && !with.Has(AuthoritativeFields)))
        {
            return;
        }

        foreach (var missing in new[] { Authoritative, AuthoritativeFields, Form }.Where(name => !with.Has(name)))
        {
            with.Problem(missing, "definition.missing-parameter", missing, process.Id);
        }

        context.UnitNamed(with, Authoritative);
        var form = context.Known.Forms.GetValueOrDefault(with.OptionalText(Form) ?? "");
        foreach (var field in with.Texts(AuthoritativeFields).Where(field => form is not null && form.Figures.All(figure => figure.Name != field)))
        {
            with.Problem(AuthoritativeFields, "definition.unknown-field", field, form!.Id);
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
