using System.Text.RegularExpressions;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Plans;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.App.Duties;

/// <summary>Reads one duty: its sentence, its owners, its work and its deadlines, with the defaults where it is silent.</summary>
internal static partial class DutyReader
{
    public static readonly IReadOnlyDictionary<string, DutyKind> Kinds = new Dictionary<string, DutyKind>
    {
        ["oneOff"] = DutyKind.OneOff, ["recurring"] = DutyKind.Recurring, ["standing"] = DutyKind.Standing, ["event"] = DutyKind.Event,
    };

    private static readonly string[] Members =
    [
        "id", "title", "english", "clause", "kind", "process", "with", "schedule", "coOwners", "assumptions", "units", "phase", "event",
        "due", "raci", "acknowledge", "enabled", "calendar", "ladder", "levels", "derivedFrom", "register", "raiserOnly",
    ];

    public static Duty Read(YamlMap map, DutyContext context, int ordinal)
    {
        map.Only(Members);
        var kind = Kinds[map.OneOf("kind", [.. Kinds.Keys])];
        var defaults = DutyDefaults.Of(kind);
        var (leads, unitClass) = LeadReader.Read(map, context);
        var coOwners = CoOwnerReader.Read(map, context, leads);
        var (process, with) = ParameterReader.Read(map, context);
        var schedule = DutyScheduleReader.Read(map, kind, process.Id);
        var duty = new Duty
        {
            Id = Id(map, context),
            Jurisdiction = context.Jurisdiction,
            Plan = context.Plan.Id,
            Definition = context.Definition,
            Version = context.Version,
            Ordinal = ordinal,
            Title = map.Text("title"),
            English = map.Text("english"),
            Clause = map.Map("clause")?.Only("section", "quote") is { } clause ? QuotationReader.Read(clause, context.Plan) : new Quotation("", "", "", 0, 0),
            Kind = kind,
            LeadUnits = leads,
            UnitClass = unitClass,
            CoOwners = coOwners,
            Raci = LeadReader.Raci(map, context, leads, coOwners),
            Process = process.Id,
            ProcessVersion = process.Version,
            With = with,
            Schedule = schedule,
            Event = Event(map, context, kind),
            RaiserOnly = RaiserOnly(map, kind),
            AcknowledgeWithin = map.Deadline("acknowledge", defaults.AcknowledgeWithin, durationOnly: true),
            Due = Due(map, kind, schedule?.Due ?? defaults.Due, defaults.Due),
            Calendar = map.OneOf("calendar", [Reckoning.Natural, Reckoning.Working], Reckoning.Natural),
            Ladder = Ladder(map, context, defaults.Ladder),
            Phase = Phase(map, context),
            Levels = Levels(map),
            DerivedFrom = map.OptionalText("derivedFrom"),
            Enabled = map.Flag("enabled", true),
            Register = RegisterReader.Read(map, context.Known),
        };
        return duty with { Assumptions = AssumptionReader.Read(map, duty) };
    }

    private static string Id(YamlMap map, DutyContext context)
    {
        var id = map.Text("id");
        if (id.Length > 0 && !(Ids().IsMatch(id) && id.StartsWith(context.Jurisdiction + ".", StringComparison.Ordinal)))
        {
            map.Problem("id", "definition.bad-id", id, context.Jurisdiction);
        }

        return id;
    }

    /// <summary>An occurrence is due by its schedule alone; a due beside it would be read by nobody.</summary>
    private static string Due(YamlMap map, DutyKind kind, string ofSchedule, string otherwise)
    {
        if (kind == DutyKind.Recurring && map.Has("due"))
        {
            map.Problem("due", "definition.misplaced-member", "due", "schedule.due");
        }

        return kind == DutyKind.Recurring ? ofSchedule : map.Deadline("due", otherwise);
    }

    private static string? Event(YamlMap map, DutyContext context, DutyKind kind)
    {
        if (kind != DutyKind.Event)
        {
            if (map.Has("event"))
            {
                map.Problem("event", "definition.misplaced-member", "event", "kind");
            }

            return null;
        }

        var raised = map.Text("event");
        if (raised.Length > 0 && context.Known.EventKind(raised) is null)
        {
            map.Problem("event", "definition.unknown-event", raised);
        }

        return raised;
    }

    private static bool RaiserOnly(YamlMap map, DutyKind kind)
    {
        if (kind != DutyKind.Event && map.Has("raiserOnly"))
        {
            map.Problem("raiserOnly", "definition.misplaced-member", "raiserOnly", "kind");
        }

        return map.Flag("raiserOnly", false);
    }

    private static string? Ladder(YamlMap map, DutyContext context, string? otherwise)
    {
        var ladder = map.OptionalText("ladder") ?? otherwise;
        if (ladder is not null && !context.Known.Ladders.ContainsKey(ladder))
        {
            map.Problem("ladder", "definition.unknown-ladder", ladder);
        }

        return ladder;
    }

    private static string? Phase(YamlMap map, DutyContext context)
    {
        var phase = map.OptionalText("phase");
        if (phase is not null && context.Plan.Definition.Phases.All(known => known.Id != phase))
        {
            map.Problem("phase", "definition.unknown-phase", phase, context.Plan.Id);
        }

        return phase;
    }

    private static IReadOnlyList<int> Levels(YamlMap map)
    {
        var levels = new SortedSet<int>();
        foreach (var given in map.Scalars("levels"))
        {
            if (int.TryParse(given.Value, out var level) && level is >= ResponseLevels.Gravest and <= ResponseLevels.Mildest)
            {
                levels.Add(level);
            }
            else
            {
                map.Problems.Add(given, "definition.bad-level", given.Value!);
            }
        }

        return [.. levels];
    }

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$")]
    private static partial Regex Ids();
}
