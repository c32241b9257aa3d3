using System.Text.Json.Serialization;

namespace TaskMatrix.Engine.TaskInstances;

/// <summary>Where a task comes from.</summary>
/// <param name="Kind">duty, manual, instruction, meeting, event or inspection; passedDown for one from above.</param>
/// <param name="Reference">Id or words of what it came from; null when there is none.</param>
public sealed record TaskSource(string Kind, string? Reference)
{
    /// <summary>Kind of a task passed down from above; nobody gives it by hand.</summary>
    public const string PassedDown = "passedDown";

    public static readonly IReadOnlyList<string> Kinds = ["duty", "manual", "instruction", "meeting", "event", "inspection"];
}

/// <summary>A unit beside the lead. Only a joint owner has to confirm before the lead submits.</summary>
/// <param name="Role">assist, joint, lead, consult, inform or direct.</param>
/// <param name="ReadAt">When an informed unit confirmed having read the closed report; null again once the task is reopened.</param>
public sealed record CoUnit(string Unit, string Role, DateTimeOffset? ConfirmedAt = null, DateTimeOffset? ReadAt = null)
{
    [JsonIgnore]
    public bool MustConfirm => Role == "joint";

    /// <summary>Informed units read the task; every other co-unit works on it.</summary>
    [JsonIgnore]
    public bool OnlyInformed => Role == "inform";
}

/// <summary>All that is fixed when a task is made: where it comes from, whose it is, which rules and deadlines hold.</summary>
public sealed record TaskIssue
{
    public required Guid Id { get; init; }

    /// <summary>Human number, unique in the jurisdiction: 太平-2020-000123.</summary>
    public required string Number { get; init; }

    public required string Jurisdiction { get; init; }

    public string? Plan { get; init; }

    /// <summary>Day the plan was activated; part of the occurrence's uniqueness. Empty for tasks of no plan.</summary>
    public string Activation { get; init; } = "";

    public string? Duty { get; init; }

    public int? DutyVersion { get; init; }

    public string? Workflow { get; init; }

    public int? WorkflowVersion { get; init; }

    /// <summary>Step of the process; null where the task belongs to none.</summary>
    public string? Step { get; init; }

    /// <summary>The run of the process this task is part of: duty, unit and occurrence of its first task.</summary>
    public string? Run { get; init; }

    public string? Occurrence { get; init; }

    public string? Clause { get; init; }

    public required string Title { get; init; }

    public string English { get; init; } = "";

    public string Description { get; init; } = "";

    public required TaskSource Source { get; init; }

    public required string LeadUnit { get; init; }

    public IReadOnlyList<CoUnit> CoUnits { get; init; } = [];

    public string? AccountablePost { get; init; }

    public bool SignOffRequired { get; init; }

    public bool ReviewRequired { get; init; } = true;

    public bool EvidenceRequired { get; init; }

    /// <summary>Id of the report form; null where the task is closed with words alone.</summary>
    public string? Form { get; init; }

    /// <summary>False: accepted with its duty, so it starts InProgress.</summary>
    public bool AcknowledgeRequired { get; init; } = true;

    /// <summary>oneOff, recurring, standing, event; manual where no duty is behind it.</summary>
    public string Kind { get; init; } = "manual";

    /// <summary>natural or working.</summary>
    public string Calendar { get; init; } = "natural";

    public string Zone { get; init; } = "Asia/Shanghai";

    /// <summary>Id of the escalation ladder; null for none.</summary>
    public string? Ladder { get; init; }

    /// <summary>ISO 8601 duration the unit has to acknowledge; kept so that it can be renewed.</summary>
    public string AckWithin { get; init; } = "P1D";

    /// <summary>ISO 8601 duration from issue to due, for drafts whose due is not a moment yet.</summary>
    public string? DueIn { get; init; }

    public DateTimeOffset? AckBy { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Cut-off of a recurring task, when it becomes Missed; null: it never does.</summary>
    public DateTimeOffset? MissedBy { get; init; }

    /// <summary>紧急: the text asks for haste (迅速, 及时, 紧急); it stands first in every list.</summary>
    public bool Urgent { get; init; }

    public bool Exercise { get; init; }

    /// <summary>The task above that it was passed down from; null for one of the jurisdiction's own.</summary>
    public TaskAbove? ParentTask { get; init; }

    /// <summary>Form of the figures of a whole jurisdiction.</summary>
    public const string SummaryForm = "daily-summary";

    /// <summary>The jurisdiction's summary that the office's own unit sends upwards.</summary>
    [JsonIgnore]
    public bool IsSummary => Form == SummaryForm && LeadUnit == Organisations.Actor.OfficeUnit;
}
