using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;
using static TaskMatrix.Engine.Workflows.Guards;

namespace TaskMatrix.Engine.Inspections;

public sealed partial class Inspection
{
    /// <summary>Names of opening and of a new team in the record; they stand in no row of the table.</summary>
    public const string OpenAction = "open", SetTeamAction = "set-team";

    /// <summary>An inspector, or the rung of a ladder.</summary>
    public static bool MayOpen(Actor actor) => actor.Is(Role.Inspector) || actor.Is(Role.Scheduler);

    /// <summary>立案.</summary>
    /// <exception cref="RuleBrokenException">inspection.not-allowed, inspection.own-unit (403)</exception>
    public static Inspection Open(InspectionOpening opening, Actor actor, DateTimeOffset now)
    {
        Allow(MayOpen(actor) && actor.Jurisdiction == opening.Jurisdiction, "inspection.not-allowed");
        Allow(!IsOwn(actor, opening.Unit), "inspection.own-unit");
        var inspection = new Inspection();
        inspection.Record(OpenAction, new InspectionOpened(opening, actor.Post, now), actor);
        return inspection;
    }

    /// <summary>The team of its round is another from now on.</summary>
    /// <exception cref="RuleBrokenException">inspection.not-allowed, inspection.own-unit (403) · inspection.wrong-state (409)</exception>
    public void SetTeam(Actor actor, InspectionTeam team, DateTimeOffset now)
    {
        Allow(actor.Is(Role.Inspector) && actor.Jurisdiction == Jurisdiction, "inspection.not-allowed");
        Allow(!IsOwn(actor, Unit), "inspection.own-unit");
        Require(State is not InspectionState.Closed && RoundId is not null, "inspection.wrong-state");
        Record(SetTeamAction, new TeamSet(team, actor.Post, now), actor);
    }

    /// <summary>下达督办单; a further one takes the place of the one before.</summary>
    /// <exception cref="RuleBrokenException">
    /// inspection.not-allowed, inspection.own-unit (403) · inspection.wrong-state, inspection.version-conflict (409) · inspection.answer-in-past (400)
    /// </exception>
    public void IssueOrder(Actor actor, string number, string text, DateTimeOffset answerBy, DateTimeOffset now)
    {
        Guard(InspectionActions.IssueOrder, actor, now);
        Valid(answerBy > now, "inspection.answer-in-past", answerBy);
        Record(InspectionActions.IssueOrder, new OrderIssued(number, text, answerBy, actor.Post, now), actor);
    }

    /// <summary>Before the files of an explanation are taken.</summary>
    /// <exception cref="RuleBrokenException">As <see cref="Explain"/>.</exception>
    public void RequireExplainer(Actor actor, DateTimeOffset now) => Guard(InspectionActions.Explain, actor, now);

    /// <summary>情况说明, also late, and also a further one.</summary>
    /// <exception cref="RuleBrokenException">inspection.not-allowed (403) · inspection.wrong-state, inspection.version-conflict (409)</exception>
    public void Explain(Actor actor, string text, IReadOnlyList<string> attachmentIds, DateTimeOffset now)
    {
        Guard(InspectionActions.Explain, actor, now);
        Record(InspectionActions.Explain, new ExplanationGiven(text, attachmentIds, actor.Post, now), actor);
    }

    /// <summary>认定: not before the unit has explained itself or let the time for it pass.</summary>
    /// <exception cref="RuleBrokenException">
    /// inspection.not-allowed, inspection.own-unit (403) · inspection.wrong-state, inspection.answer-awaited, inspection.version-conflict (409)
    /// </exception>
    public void Find(Actor actor, Finding finding, string text, DateTimeOffset now)
    {
        Guard(InspectionActions.Find, actor, now);
        Require(!AwaitsAnswer(now), "inspection.answer-awaited", AnswerBy ?? now);
        Record(InspectionActions.Find, new FindingMade(finding, text, actor.Post, now), actor);
    }

    /// <summary>Before the task of a rectification is made.</summary>
    /// <exception cref="RuleBrokenException">
    /// inspection.not-allowed, inspection.own-unit (403) · inspection.wrong-state, inspection.not-substantiated, inspection.version-conflict (409)
    /// </exception>
    public void RequireSubstantiated(Actor actor, DateTimeOffset now)
    {
        Guard(InspectionActions.RequireRectification, actor, now);
        Require(Finding is Inspections.Finding.Substantiated, "inspection.not-substantiated");
    }

    /// <summary>责令整改: the task has been made.</summary>
    /// <exception cref="RuleBrokenException">As <see cref="RequireSubstantiated"/>.</exception>
    public void RequireRectification(Actor actor, Guid taskId, string text, DateTimeOffset dueAt, DateTimeOffset now)
    {
        RequireSubstantiated(actor, now);
        Record(InspectionActions.RequireRectification, new RectificationRequired(taskId, text, dueAt, actor.Post, now), actor);
    }

    /// <summary>复查: passed only when all that was to be rectified has ended; failed, the unit goes on rectifying.</summary>
    /// <exception cref="RuleBrokenException">
    /// inspection.not-allowed, inspection.own-unit (403) · inspection.wrong-state, inspection.rectification-open, inspection.version-conflict (409)
    /// </exception>
    public void CheckAgain(Actor actor, bool passed, string text, FollowUp rectification, DateTimeOffset now)
    {
        Guard(InspectionActions.Recheck, actor, now);
        Require(passed ? rectification.AllEnded : MayRecheck(rectification, now), "inspection.rectification-open", rectification.Open);
        Record(InspectionActions.Recheck, new InspectionRechecked(passed, text, actor.Post, now), actor);
    }

    /// <summary>Proposes a measure, or another one until a leader has approved; without a fault found there is none.</summary>
    /// <exception cref="RuleBrokenException">
    /// inspection.not-allowed, inspection.own-unit (403) · inspection.wrong-state, inspection.not-substantiated, inspection.measure-decided,
    /// inspection.version-conflict (409)
    /// </exception>
    public void Propose(Actor actor, Measure measure, string text, DateTimeOffset now)
    {
        Guard(InspectionActions.Propose, actor, now);
        Require(measure is Inspections.Measure.None || Finding is Inspections.Finding.Substantiated, "inspection.not-substantiated");
        Require(MeasureApproved is not true, "inspection.measure-decided");
        Record(InspectionActions.Propose, new MeasureProposed(measure, text, actor.Post, now), actor);
    }

    /// <summary>A leader approves or refuses the measure, also after the closing: what is struck off is the fault, not its consequence.</summary>
    /// <exception cref="RuleBrokenException">
    /// inspection.not-allowed, inspection.own-unit (403) · inspection.wrong-state, inspection.no-measure, inspection.version-conflict (409)
    /// </exception>
    public void DecideMeasure(Actor actor, bool approved, string opinion, DateTimeOffset now)
    {
        Guard(InspectionActions.DecideMeasure, actor, now);
        Require(MeasureWaits, "inspection.no-measure");
        Record(InspectionActions.DecideMeasure, new MeasureDecided(approved, opinion, actor.Post, now), actor);
    }

    /// <summary>销号: after a passed re-check, or at once where nothing was found against the unit.</summary>
    /// <exception cref="RuleBrokenException">
    /// inspection.not-allowed, inspection.own-unit (403) · inspection.wrong-state, inspection.rectification-required, inspection.version-conflict (409)
    /// </exception>
    public void Close(Actor actor, string text, DateTimeOffset now)
    {
        Guard(InspectionActions.Close, actor, now);
        Require(MayClose, "inspection.rectification-required");
        Record(InspectionActions.Close, new InspectionClosed(text, actor.Post, now), actor);
    }

    /// <summary>Who first, then version, then state.</summary>
    private void Guard(string action, Actor actor, DateTimeOffset now)
    {
        var rule = InspectionActions.Rule(action);
        var refusal = Refusal(rule, actor, now);
        Allow(refusal is null, refusal ?? "");
        Require(ExpectedVersion is null || ExpectedVersion == Version, "inspection.version-conflict", Version);
        Require(rule.From.Contains(State), "inspection.wrong-state");
    }

    private void Record(string action, InspectionEvent happened, Actor actor)
    {
        InspectionState? from = Version == 0 ? null : State;
        Apply(happened);
        _recorded.Add(new RecordedStep(Version, action, happened, actor, from, State));
    }
}
