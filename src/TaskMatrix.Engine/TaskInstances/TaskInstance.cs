using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Engine.TaskInstances;

/// <summary>
/// One task given to one unit. Every change goes through a guarded method that checks the rule, records an event and
/// applies it; replaying the events gives the same task again.
/// </summary>
public sealed partial class TaskInstance
{
    private readonly List<RecordedEvent> _recorded = [];

    private TaskInstance()
    {
    }

    /// <summary>Events since loading, in order; the store writes them with the row in one transaction.</summary>
    public IReadOnlyList<RecordedEvent> Recorded => _recorded;

    /// <summary>Set by the caller who read version n: any guarded method then refuses another version (409).</summary>
    public int? ExpectedVersion { get; set; }

    /// <summary>The number of events so far.</summary>
    public int Version { get; private set; }

    public Guid Id { get; private set; }

    public string Number { get; private set; } = "";

    public string Jurisdiction { get; private set; } = "";

    public string? Plan { get; private set; }

    public string Activation { get; private set; } = "";

    public string? Duty { get; private set; }

    public int? DutyVersion { get; private set; }

    public string? Workflow { get; private set; }

    public int? WorkflowVersion { get; private set; }

    public string? Step { get; private set; }

    public string? Run { get; private set; }

    public string? Occurrence { get; private set; }

    /// <summary>The unit it was first issued to; with duty, occurrence and activation it is unique, whoever has it now.</summary>
    public string IssuedTo { get; private set; } = "";

    public string? Clause { get; private set; }

    public string Title { get; private set; } = "";

    public string English { get; private set; } = "";

    public string Description { get; private set; } = "";

    public string SourceKind { get; private set; } = "";

    public string? SourceReference { get; private set; }

    public string Kind { get; private set; } = "";

    public string LeadUnit { get; private set; } = "";

    public IReadOnlyList<CoUnit> CoUnits { get; private set; } = [];

    public string? AccountablePost { get; private set; }

    /// <summary>User name of the person who has the task in hand; null until acknowledged.</summary>
    public string? Assignee { get; private set; }

    public bool SignOffRequired { get; private set; }

    public bool ReviewRequired { get; private set; }

    public bool EvidenceRequired { get; private set; }

    public bool AcknowledgeRequired { get; private set; }

    public string? Form { get; private set; }

    public string Calendar { get; private set; } = "natural";

    public string Zone { get; private set; } = "";

    public string? Ladder { get; private set; }

    public string AckWithin { get; private set; } = "";

    public string? DueIn { get; private set; }

    public bool Exercise { get; private set; }

    /// <summary>紧急.</summary>
    public bool Urgent { get; private set; }

    public TaskState State { get; private set; }

    /// <summary>The state that resuming returns to.</summary>
    public TaskState? StateBeforeSuspension { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? IssuedAt { get; private set; }

    public DateTimeOffset? AckBy { get; private set; }

    public DateTimeOffset? DueAt { get; private set; }

    public DateTimeOffset? MissedBy { get; private set; }

    public DateTimeOffset? AcknowledgedAt { get; private set; }

    public DateTimeOffset? SubmittedAt { get; private set; }

    public string? SubmittedBy { get; private set; }

    /// <summary>When the work left the unit: the signature, else the submission. On time or not is decided then.</summary>
    public DateTimeOffset? LeftUnitAt { get; private set; }

    public string? SignedBy { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Permanent: the moment by which it should have been acknowledged and was not.</summary>
    public DateTimeOffset? AckBreachedAt { get; private set; }

    /// <summary>Permanent: the due time that passed with the work still at the unit.</summary>
    public DateTimeOffset? OverdueSince { get; private set; }

    /// <summary>Permanent: the cut-off of a recurring task that passed with nothing filed.</summary>
    public DateTimeOffset? MissedAt { get; private set; }

    public bool? OnTime { get; private set; }

    public int EscalationLevel { get; private set; }

    /// <summary>Rungs whose moment is not after this have fired or no longer count.</summary>
    public DateTimeOffset? RungsFrom { get; private set; }

    public int ReturnRounds { get; private set; }

    /// <summary>Given back by the office and not yet submitted again.</summary>
    public bool InRework { get; private set; }

    /// <summary>Extensions granted.</summary>
    public int Extensions { get; private set; }

    public ExtensionRequest? PendingExtension { get; private set; }

    public TimeSpan RemainingAck { get; private set; }

    public TimeSpan RemainingDue { get; private set; }

    public int Percent { get; private set; }

    public Outcome? Outcome { get; private set; }

    public string? ReportText { get; private set; }

    /// <summary>The newest submitted form as JSON.</summary>
    public string? ReportForm { get; private set; }

    public IReadOnlyList<string> AttachmentIds { get; private set; } = [];

    /// <summary>The newest reason given: of a return, a decline, a suspension, an end.</summary>
    public string? Reason { get; private set; }

    public string? ProposedUnit { get; private set; }

    /// <summary>The task above that it was passed down from.</summary>
    public TaskAbove? ParentTask { get; private set; }

    /// <summary>What was made of it in the jurisdiction of the lead unit, one a jurisdiction.</summary>
    public IReadOnlyList<TaskBelow> PassedDown { get; private set; } = [];

    /// <summary>更正 that waits for its signature; until then the version before it counts.</summary>
    public Correction? PendingCorrection { get; private set; }

    /// <summary>Corrections that count.</summary>
    public int Corrections { get; private set; }

    /// <summary>When the newest correction began to count.</summary>
    public DateTimeOffset? CorrectedAt { get; private set; }

    /// <summary>Its unit, those working with it, the informed ones, and whoever oversees the jurisdiction may see it.</summary>
    public bool VisibleTo(Actor actor) =>
        actor.Jurisdiction == Jurisdiction && (actor.Oversees || InvolvesUnit(actor));

    /// <summary>What this actor may do now; the guards decide the same way.</summary>
    public IReadOnlyList<string> AllowedActions(Actor actor, DateTimeOffset now) =>
        actor.Jurisdiction != Jurisdiction
            ? []
            : [.. TaskActions.Rules.Where(rule => rule.Allows(this, actor) && IsOpenTo(rule, actor, now)).Select(rule => rule.Action)];

    private bool InvolvesUnit(Actor actor) =>
        (actor.Is(Role.Liaison) || actor.Is(Role.Head))
        && (actor.Unit == LeadUnit || CoUnits.Any(co => co.Unit == actor.Unit));

    private bool IsOpenTo(ActionRule rule, Actor actor, DateTimeOffset now) =>
        rule.From.Contains(StateAt(now)) && rule.Action switch
        {
            TaskActions.Confirm => AwaitsConfirmation(actor.Unit),
            TaskActions.ConfirmReceipt => UnreadBy(actor) is not null,
            TaskActions.Submit => Unconfirmed.Count == 0 || now >= DueAt,
            TaskActions.RequestExtension => PendingExtension is null && now < DueAt,
            TaskActions.DecideExtension => PendingExtension is not null,
            TaskActions.PassDown => PassedDown.Count == 0 && now < DueAt,
            TaskActions.Sign or TaskActions.RefuseSignature => State is not TaskState.Closed || PendingCorrection is not null,
            TaskActions.Correct => Form is not null && PendingCorrection is null,
            _ => true,
        };
}

/// <summary>An extension asked for in time and not yet decided; breach and rungs wait for the decision.</summary>
public sealed record ExtensionRequest(string Reason, string Progress, DateTimeOffset DueAt, DateTimeOffset RequestedAt);

/// <summary>更正: what a report should have said, and why it did not.</summary>
/// <param name="Person">User name of who wrote it, who therefore does not sign it.</param>
/// <param name="Form">The filled form as JSON; null for a nil report without one.</param>
public sealed record Correction(string Person, string Text, string? Form, Outcome Outcome, string Reason, DateTimeOffset WrittenAt);
