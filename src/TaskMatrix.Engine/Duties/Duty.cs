using TaskMatrix.Engine.Reports;

namespace TaskMatrix.Engine.Duties;

public enum DutyKind
{
    /// <summary>Once, at activation or on its date.</summary>
    OneOff,

    /// <summary>Each occurrence a task of its own.</summary>
    Recurring,

    /// <summary>Continuous without a cadence in the text: arranged once, then a weekly feedback.</summary>
    Standing,

    /// <summary>When its event is raised.</summary>
    Event,
}

/// <summary>What one unit, or each unit of a class, has to do, and the sentence that says so.</summary>
public sealed record Duty
{
    /// <summary>jurisdiction.unit.slug, unique everywhere.</summary>
    public required string Id { get; init; }

    public required string Jurisdiction { get; init; }

    public required string Plan { get; init; }

    /// <summary>Id of the definition (file) it stands in.</summary>
    public required string Definition { get; init; }

    /// <summary>1-based; a changed duty is a new version and touches only tasks issued later.</summary>
    public int Version { get; init; } = 1;

    /// <summary>1-based place in its definition.</summary>
    public int Ordinal { get; init; }

    public required string Title { get; init; }

    public string English { get; init; } = "";

    public required Quotation Clause { get; init; }

    public required DutyKind Kind { get; init; }

    /// <summary>More than one for a collective duty: one independent task each.</summary>
    public required IReadOnlyList<string> LeadUnits { get; init; }

    /// <summary>The class a collective duty was expanded from; null for a duty of one unit.</summary>
    public string? UnitClass { get; init; }

    public IReadOnlyList<CoOwner> CoOwners { get; init; } = [];

    public required Raci Raci { get; init; }

    public required string Process { get; init; }

    public required int ProcessVersion { get; init; }

    /// <summary>Parameters of the process: items, class, form and so on; a single value is a list of one.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> With { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public DutySchedule? Schedule { get; init; }

    /// <summary>Kind of event that starts it; null unless <see cref="Kind"/> is Event.</summary>
    public string? Event { get; init; }

    /// <summary>Of its units only the one that raised the event is asked: whoever finds something reports it. False: all of them.</summary>
    public bool RaiserOnly { get; init; }

    /// <summary>Deadline to acknowledge, ISO 8601.</summary>
    public required string AcknowledgeWithin { get; init; }

    /// <summary>Deadline of the work: duration, time of day, working days or a date of the plan.</summary>
    public required string Due { get; init; }

    /// <summary>natural or working.</summary>
    public string Calendar { get; init; } = "natural";

    public string? Ladder { get; init; }

    /// <summary>Phase of the plan it belongs to; null: the whole plan.</summary>
    public string? Phase { get; init; }

    /// <summary>Levels of the response at which it is carried out, 1 (一级) to 4 (四级); empty: at every level.</summary>
    public IReadOnlyList<int> Levels { get; init; } = [];

    /// <summary>The duty of the plan above that it was copied from; null for a duty of the plan's own.</summary>
    public string? DerivedFrom { get; init; }

    /// <summary>False: exists as an assumption and stays off until the office turns it on.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The register each of its units keeps; null where the duty asks for none.</summary>
    public RegisterDefinition? Register { get; init; }

    public IReadOnlyList<Assumption> Assumptions { get; init; } = [];
}

/// <summary>An exact quotation and where it stands.</summary>
/// <param name="Section">Id of the section of the plan.</param>
/// <param name="Start">Offset of the first character in the document; <paramref name="End"/> is one past the last.</param>
/// <param name="ClauseId">The clause in which it begins.</param>
public sealed record Quotation(string Section, string Quote, string ClauseId, int Start, int End);

/// <param name="Role">assist, joint, lead, consult, inform or direct.</param>
/// <param name="Wording">The words of the document that make it so; empty for an assumption.</param>
public sealed record CoOwner(string Unit, string Role, string Wording)
{
    public static readonly IReadOnlyList<string> Roles = ["assist", "joint", "lead", "consult", "inform", "direct"];
}

/// <summary>Responsible, accountable, consulted, informed: unit ids.</summary>
public sealed record Raci(
    IReadOnlyList<string> Responsible, IReadOnlyList<string> Accountable, IReadOnlyList<string> Consulted, IReadOnlyList<string> Informed)
{
    /// <summary>What a unit is, in the order R, A, C, I; empty where it has nothing to do with it.</summary>
    public string LettersOf(string unit) =>
        (Responsible.Contains(unit) ? "R" : "") + (Accountable.Contains(unit) ? "A" : "") + (Consulted.Contains(unit) ? "C" : "") + (Informed.Contains(unit) ? "I" : "");
}

/// <param name="Cron">Five fields, in the zone of the jurisdiction; the start of an occurrence.</param>
/// <param name="Due">Time of day or duration from the start.</param>
/// <param name="Policy">all, latest or skip: what becomes of occurrences missed while the system was down.</param>
/// <param name="Basis">text or assumption: whether the document itself gives the cadence.</param>
public sealed record DutySchedule(string Cron, string Due, string Policy, string Basis);

/// <summary>A value that the document does not give.</summary>
/// <param name="Field">Path of the field in the duty: schedule.due, acknowledge, coOwners …</param>
/// <param name="Value">The value assumed; null for an interpretation.</param>
public sealed record Assumption(string Field, string? Value, string Why);
