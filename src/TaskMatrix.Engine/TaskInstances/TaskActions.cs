using TaskMatrix.Engine.Organisations;
using static TaskMatrix.Engine.TaskInstances.TaskState;

namespace TaskMatrix.Engine.TaskInstances;

/// <summary>One row of the state table: who may do what from which states, and where it may lead.</summary>
/// <param name="Action">Name in the API and in the record.</param>
/// <param name="Refusal">Code for somebody who may not (403).</param>
/// <param name="Who">In words, for the documentation.</param>
public sealed record ActionRule(
    string Action,
    string Who,
    Func<TaskInstance, Actor, bool> Allows,
    string Refusal,
    IReadOnlyList<TaskState> From,
    IReadOnlyList<TaskState> To)
{
    /// <summary>Of <see cref="From"/>, those that the action leaves as they are: a closed task whose correction is signed stays closed.</summary>
    public IReadOnlyList<TaskState> Staying { get; init; } = [];
}

/// <summary>
/// The state table. Guards, allowed actions and <c>docs/task-states.md</c> all read this one list.
/// </summary>
public static class TaskActions
{
    public const string Issue = "issue", Acknowledge = "acknowledge", Decline = "decline", Reassign = "reassign",
        RefuseReturn = "refuse-return", Progress = "progress", HandOver = "hand-over", PassDown = "pass-down", Confirm = "confirm",
        Submit = "submit", Sign = "sign", RefuseSignature = "refuse-signature", Approve = "approve", Return = "return",
        Suspend = "suspend", Resume = "resume", RequestExtension = "request-extension",
        DecideExtension = "decide-extension", Urge = "urge", MarkNotApplicable = "mark-not-applicable",
        Terminate = "terminate", Reopen = "reopen", ConfirmReceipt = "confirm-receipt", Correct = "correct";

    private static readonly TaskState[] Same = [];

    private static readonly Party Office =
        new("office", "task.not-allowed", (_, actor) => actor.Is(Role.Office));

    private static readonly Party OfficeOrLeader =
        new("office or leader", "task.not-allowed", (_, actor) => actor.Is(Role.Office) || actor.Is(Role.Leader));

    private static readonly Party Lead =
        new("lead unit", "task.not-owner", (task, actor) => actor.ActsFor(task.LeadUnit));

    private static readonly Party LiaisonOfLead =
        new("liaison of the lead unit", "task.not-allowed", (task, actor) => actor.IsLiaisonOf(task.LeadUnit));

    private static readonly Party CoUnit =
        new("co-unit", "task.not-owner", (task, actor) => task.CoUnits.Any(co => !co.OnlyInformed && actor.ActsFor(co.Unit)));

    private static readonly Party InformedUnit =
        new("informed unit", "task.not-owner", (task, actor) => task.CoUnits.Any(co => co.OnlyInformed && actor.ReadsFor(co.Unit)));

    private static readonly Party LeadOrCoUnit =
        new("lead unit or co-unit", "task.not-owner", (task, actor) => Lead.Allows(task, actor) || CoUnit.Allows(task, actor));

    private static readonly Party Head =
        new("head of the lead unit", "task.not-owner", (task, actor) => actor.IsHeadOf(task.LeadUnit));

    private static readonly Party OtherHead =
        new("head of the lead unit, not who wrote it", "task.not-allowed",
            (task, actor) => Head.Allows(task, actor) && actor.UserName != (task.PendingCorrection?.Person ?? task.SubmittedBy));

    /// <summary>The office reviews; its own tasks are reviewed by a leader.</summary>
    private static readonly Party Reviewer =
        new("office (a leader for the office's own tasks)", "task.not-allowed",
            (task, actor) => actor.Is(task.LeadUnit == Actor.OfficeUnit ? Role.Leader : Role.Office));

    private static readonly Party OtherReviewer =
        new("office (a leader for the office's own tasks), not the submitter", "task.not-allowed",
            (task, actor) => Reviewer.Allows(task, actor) && actor.UserName != task.SubmittedBy);

    public static readonly IReadOnlyList<ActionRule> Rules =
    [
        Rule(Issue, Office, [Draft], [PendingAck, InProgress]),
        Rule(Acknowledge, Lead, [PendingAck], [InProgress]),
        Rule(Decline, Lead, [PendingAck], [Returned]),
        Rule(Reassign, Office, [PendingAck, InProgress, Returned, TaskState.Suspended], [PendingAck]),
        Rule(RefuseReturn, Office, [Returned], [PendingAck]),
        Rule(Progress, LeadOrCoUnit, [InProgress], Same),
        Rule(HandOver, Lead, [InProgress], Same),
        Rule(PassDown, Lead, [InProgress], Same),
        Rule(Confirm, CoUnit, [InProgress], Same),
        Rule(Submit, Lead, [InProgress, Missed], [PendingSignOff, PendingReview, Closed]),
        Rule(Sign, OtherHead, [PendingSignOff, Closed], [PendingReview, Closed]) with { Staying = [Closed] },
        Rule(RefuseSignature, Head, [PendingSignOff, Closed], [InProgress]) with { Staying = [Closed] },
        Rule(Approve, OtherReviewer, [PendingReview], [Closed]),
        Rule(Return, Reviewer, [PendingReview], [InProgress]),
        Rule(Suspend, Office, [PendingAck, InProgress], [TaskState.Suspended]),
        Rule(Resume, Office, [TaskState.Suspended], [PendingAck, InProgress]),
        Rule(RequestExtension, Lead, [PendingAck, InProgress, Returned, PendingSignOff], Same),
        Rule(DecideExtension, Office, [.. TaskStates.Open.Except([Draft]), Closed], Same),
        Rule(Urge, Office, [.. TaskStates.Open.Except([Draft]), Missed], Same),
        Rule(MarkNotApplicable, Office, TaskStates.Open, [NotApplicable]),
        Rule(Terminate, OfficeOrLeader, TaskStates.Open, [TaskState.Terminated]),
        Rule(Reopen, Office, [Closed], [InProgress]),
        Rule(ConfirmReceipt, InformedUnit, [Closed], Same),
        Rule(Correct, LiaisonOfLead, [Closed], Same),
    ];

    private static readonly Dictionary<string, ActionRule> ByName = Rules.ToDictionary(rule => rule.Action);

    public static ActionRule Find(string action) => ByName[action];

    public static bool Exists(string action) => ByName.ContainsKey(action);

    private static ActionRule Rule(string action, Party who, IReadOnlyList<TaskState> from, IReadOnlyList<TaskState> to) =>
        new(action, who.Words, who.Allows, who.Refusal, from, to.Count == 0 ? from : to);

    private sealed record Party(string Words, string Refusal, Func<TaskInstance, Actor, bool> Allows);
}
