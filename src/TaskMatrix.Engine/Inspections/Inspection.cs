using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.Engine.Inspections;

/// <summary>
/// 督查 of one unit, from what was noticed to a verdict. Every step goes through a guarded method that checks the rule, records an
/// event and applies it; replaying the events gives the same inspection again. It reads tasks and changes none.
/// </summary>
public sealed partial class Inspection
{
    private readonly List<RecordedStep> _recorded = [];

    private Inspection()
    {
    }

    /// <summary>Steps since loading, in order; the store writes them with the row in one transaction.</summary>
    public IReadOnlyList<RecordedStep> Recorded => _recorded;

    /// <summary>Set by the caller who read version n: any step then refuses another version (409).</summary>
    public int? ExpectedVersion { get; set; }

    /// <summary>The number of steps so far.</summary>
    public int Version { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>The id as its tasks name it.</summary>
    public string Key { get; private set; } = "";

    public string Jurisdiction { get; private set; } = "";

    /// <summary>督查-2020-0001, by jurisdiction and year.</summary>
    public string Number { get; private set; } = "";

    public InspectionKind Kind { get; private set; }

    /// <summary>The one that is inspected.</summary>
    public string Unit { get; private set; } = "";

    public InspectionState State { get; private set; }

    public string Reason { get; private set; } = "";

    public IReadOnlyList<Guid> TaskIds { get; private set; } = [];

    public Guid? RoundId { get; private set; }

    public InspectionTeam? Team { get; private set; }

    /// <summary>User names of the team, each between bars, for the lists of its members.</summary>
    public string TeamNames { get; private set; } = "|";

    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>Post; empty for the system.</summary>
    public string OpenedBy { get; private set; } = "";

    public IReadOnlyList<SupervisionOrder> Orders { get; private set; } = [];

    /// <summary>Of the newest order.</summary>
    public DateTimeOffset? AnswerBy { get; private set; }

    public IReadOnlyList<Explanation> Explanations { get; private set; } = [];

    public Finding? Finding { get; private set; }

    public string? FindingText { get; private set; }

    public DateTimeOffset? FoundAt { get; private set; }

    public string? FoundBy { get; private set; }

    public IReadOnlyList<Rectification> Rectifications { get; private set; } = [];

    public IReadOnlyList<Recheck> Rechecks { get; private set; } = [];

    public Measure? Measure { get; private set; }

    public string? MeasureText { get; private set; }

    public DateTimeOffset? MeasureProposedAt { get; private set; }

    /// <summary>A leader's decision; null while it waits, and for a measure that needs none.</summary>
    public bool? MeasureApproved { get; private set; }

    public string? MeasureOpinion { get; private set; }

    public DateTimeOffset? MeasureDecidedAt { get; private set; }

    public string? MeasureDecidedBy { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public string? ClosingText { get; private set; }

    /// <summary>The newest order was not answered in time, and still is not.</summary>
    public bool AnswerOverdue(DateTimeOffset now) => State is InspectionState.Ordered && AnswerBy <= now;

    /// <summary>On the team of its round, while that runs, and not of the inspected unit.</summary>
    public bool HasOnTeam(Actor actor, DateTimeOffset now) =>
        actor.Jurisdiction == Jurisdiction && actor.Unit != Unit && Team?.RunsAt(now) == true && State is not InspectionState.Closed
        && Team.Members.Any(member => member.UserName == actor.UserName);

    /// <summary>Inspectors, leaders, the inspected unit, and the team while its round runs.</summary>
    public bool VisibleTo(Actor actor, DateTimeOffset now) => OpenTo(actor) || HasOnTeam(actor, now);

    /// <summary>
    /// Its dossier holds the record of the unit: not for the team; and the chains of the office and the leading group hold more than
    /// their own acts, so of theirs only for inspectors and leaders.
    /// </summary>
    public bool MayTakeDossier(Actor actor) =>
        OpenTo(actor) && (actor.Is(Role.Inspector) || actor.Is(Role.Leader) || Unit is not (Actor.OfficeUnit or Actor.LeadingGroup));

    /// <summary>Whoever may see it at any time: the team may only while its round runs.</summary>
    private bool OpenTo(Actor actor) =>
        actor.Jurisdiction == Jurisdiction && (actor.Is(Role.Inspector) || actor.Is(Role.Leader) || actor.Is(Role.Scheduler) || actor.ReadsFor(Unit));

    /// <summary>What this actor may do now; the guards decide the same way.</summary>
    /// <param name="rectification">How the tasks of its rectification stand.</param>
    public IReadOnlyList<string> AllowedActions(Actor actor, FollowUp rectification, DateTimeOffset now) =>
        actor.Jurisdiction != Jurisdiction
            ? []
            : [.. InspectionActions.Rules.Where(rule => Refusal(rule, actor, now) is null && rule.From.Contains(State) && IsRipe(rule.Action, rectification, now)).Select(rule => rule.Action)];

    private bool IsRipe(string action, FollowUp rectification, DateTimeOffset now) => action switch
    {
        InspectionActions.Find => !AwaitsAnswer(now),
        InspectionActions.RequireRectification => Finding is Inspections.Finding.Substantiated,
        InspectionActions.Recheck => MayRecheck(rectification, now),
        InspectionActions.Propose => MeasureApproved is not true,
        InspectionActions.DecideMeasure => MeasureWaits,
        InspectionActions.Close => MayClose,
        _ => true,
    };

    private bool AwaitsAnswer(DateTimeOffset now) => State is InspectionState.Ordered && now < AnswerBy;

    /// <summary>What was to be rectified has ended, or its time is over.</summary>
    private bool MayRecheck(FollowUp rectification, DateTimeOffset now) => rectification.AllEnded || Rectifications.Any(one => one.DueAt <= now);

    private bool MeasureWaits => Measure is not (null or Inspections.Measure.None) && MeasureApproved is null;

    private bool MayClose => State is InspectionState.Rechecked || Finding is not Inspections.Finding.Substantiated;

    /// <returns>Null: this actor may.</returns>
    private string? Refusal(InspectionRule rule, Actor actor, DateTimeOffset now) =>
        actor.Jurisdiction != Jurisdiction || !rule.Allows(this, actor, now) ? "inspection.not-allowed"
        : rule.Action != InspectionActions.Explain && IsOwn(actor, Unit) ? "inspection.own-unit"
        : null;

    /// <summary>Nobody inspects the unit that it belongs to.</summary>
    private static bool IsOwn(Actor actor, string unit) => actor.Unit == unit && !actor.Is(Role.Scheduler);
}

/// <summary>A step with all that the record says about it.</summary>
/// <param name="Sequence">1-based; the version after it.</param>
public sealed record RecordedStep(int Sequence, string Action, InspectionEvent Event, Actor Actor, InspectionState? From, InspectionState To);
