using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Reads one step of a process.</summary>
/// <param name="parameters">Parameters of the process; no other may be referred to.</param>
internal sealed class StepReader(DefinitionSet known, IReadOnlyList<string> parameters)
{
    /// <summary>Marks a value that is a parameter of the duty.</summary>
    public const string Parameter = "with:";

    private static readonly string[] Kinds = ["task", "fanOut", "branch", "raise", "end"];

    private static readonly string[] OfEveryStep = ["id", "kind", "title", "english"];

    private static readonly string[] OfTask =
        [.. OfEveryStep, "next", "owner", "acknowledge", "signOff", "review", "evidence", "form", "acknowledgeWithin", "due"];

    /// <returns>Null, with the problem told, when its kind is unknown.</returns>
    public Step? Read(YamlMap map) => map.Text("kind") switch
    {
        "task" => Task(map.Only(OfTask)),
        "fanOut" => Task(map.Only([.. OfTask, "class", "join", "each"])) with { FanOut = FanOut(map), Each = map.OptionalText("each") },
        "branch" => Branch(map.Only([.. OfEveryStep, "cases", "otherwise"])),
        "raise" => Raise(map.Only([.. OfEveryStep, "event", "data", "next"])),
        "end" => new EndStep(map.Only(OfEveryStep).Text("id"), map.Text("title"), map.Text("english")),
        var other => Unknown(map, other),
    };

    private static Step? Unknown(YamlMap map, string kind)
    {
        if (kind.Length > 0)
        {
            map.Problem("kind", "definition.bad-enum", kind, string.Join(", ", Kinds));
        }

        return null;
    }

    private WorkStep Task(YamlMap map)
    {
        map.RequireForm(known);
        return new WorkStep(map.Text("id"), map.Text("title"), map.Text("english"), map.OptionalText("next"))
        {
            Owner = Owner(map),
            AcknowledgeRequired = map.Flag("acknowledge", true),
            SignOff = map.Flag("signOff", false),
            Review = map.Flag("review", false),
            Evidence = map.Flag("evidence", false),
            Form = map.OptionalText("form"),
            AcknowledgeWithin = map.Has("acknowledgeWithin") ? map.Deadline("acknowledgeWithin", "", durationOnly: true) : null,
            Due = Due(map),
        };
    }

    private string Owner(YamlMap map)
    {
        var owner = map.OptionalText("owner") ?? "lead";
        if (owner is not ("lead" or "office") && known.Units.TrueForAll(unit => unit.Id != owner))
        {
            map.Problem("owner", "definition.unknown-unit", owner);
        }

        return owner;
    }

    private string? Due(YamlMap map) => map.OptionalText("due") switch
    {
        null => null,
        { } due when IsParameter(map, "due", due) => due,
        _ => map.Deadline("due", ""),
    };

    private FanOut FanOut(YamlMap map)
    {
        var units = map.Text("class");
        if (units.Length > 0 && !IsParameter(map, "class", units) && known.Units.TrueForAll(unit => !unit.Classes.Contains(units)))
        {
            map.Problem("class", "definition.unknown-class", units);
        }

        return new FanOut(units, map.OneOf("join", ["all", "any"], "all") == "all");
    }

    private bool IsParameter(YamlMap map, string member, string value)
    {
        if (!value.StartsWith(Parameter, StringComparison.Ordinal))
        {
            return false;
        }

        if (!parameters.Contains(value[Parameter.Length..]))
        {
            map.Problem(member, "process.unknown-parameter", value[Parameter.Length..]);
        }

        return true;
    }

    private static BranchStep Branch(YamlMap map) => new(
        map.Text("id"), map.Text("title"), map.Text("english"),
        [.. map.Maps("cases").Select(way => new BranchCase(Condition(way.Only("when", "next")), way.Text("next")))], map.Text("otherwise"));

    private static Condition Condition(YamlMap way)
    {
        if (way.Map("when")?.Only("step", "field", "operator", "value") is not { } when)
        {
            return new Condition("", "", "present", null);
        }

        var comparison = when.OneOf("operator", Engine.Workflows.Condition.Operators);
        return new Condition(when.Text("step"), when.Text("field"), comparison, comparison == "present" ? null : when.Text("value"));
    }

    private RaiseStep Raise(YamlMap map)
    {
        var raised = map.Text("event");
        if (raised.Length > 0 && known.EventKind(raised) is null)
        {
            map.Problem("event", "definition.unknown-event", raised);
        }

        return new RaiseStep(map.Text("id"), map.Text("title"), map.Text("english"), raised, map.OptionalText("next")) { Data = Data(map, raised) };
    }

    /// <summary>What the event says, taken from the report: its fields are those of the event's form.</summary>
    private Dictionary<string, string> Data(YamlMap map, string raised)
    {
        var data = map.OptionalMap("data");
        var form = known.EventKind(raised)?.Form is { } id ? known.Forms.GetValueOrDefault(id) : null;
        foreach (var unknown in (data?.Members.Keys ?? []).Where(field => form?.Fields.Contains(field) != true))
        {
            data!.Problem(unknown, "definition.unknown-field", unknown, form?.Id ?? raised);
        }

        return (data?.Members.Keys ?? []).ToDictionary(field => field, field => data!.Text(field));
    }
}
