using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Engine.TaskInstances;

/// <summary>What a unit hands in.</summary>
/// <param name="Form">The filled form as JSON, already checked against its schema; null where there is none.</param>
public sealed record Report(string Text, string? Form, IReadOnlyList<string> AttachmentIds, Outcome Outcome);

public sealed partial class TaskInstance
{
    /// <summary>签收: the lead unit confirms that it has the task and starts its work.</summary>
    /// <exception cref="RuleBrokenException">task.not-owner (403) · task.wrong-state, task.version-conflict (409)</exception>
    public void Acknowledge(Actor actor, DateTimeOffset now)
    {
        Guard(TaskActions.Acknowledge, actor, now);
        Record(TaskActions.Acknowledge, new Acknowledged(actor.UserName, actor.Post, now), actor);
    }

    /// <summary>退回: not ours. The clock runs on while the office decides.</summary>
    /// <exception cref="RuleBrokenException">task.not-owner (403) · task.wrong-state, task.version-conflict (409)</exception>
    public void Decline(Actor actor, string reason, string? proposedUnit, DateTimeOffset now)
    {
        Guard(TaskActions.Decline, actor, now);
        Record(TaskActions.Decline, new Declined(reason, proposedUnit, now), actor, reason);
    }

    /// <summary>反馈: how far it is; percent 0–100.</summary>
    /// <exception cref="RuleBrokenException">task.not-owner (403) · task.wrong-state, task.version-conflict (409)</exception>
    public void ReportProgress(Actor actor, int percent, string text, IReadOnlyList<string> attachmentIds, DateTimeOffset now)
    {
        Guard(TaskActions.Progress, actor, now);
        Record(TaskActions.Progress, new Progressed(percent, text, attachmentIds, now), actor);
    }

    /// <summary>转办 to another person of the unit.</summary>
    /// <exception cref="RuleBrokenException">task.not-owner (403) · task.hand-over-outside, task.wrong-state, task.version-conflict (409)</exception>
    public void HandOver(Actor actor, Actor to, string reason, DateTimeOffset now)
    {
        Guard(TaskActions.HandOver, actor, now);
        Require(to.Jurisdiction == Jurisdiction && to.ActsFor(LeadUnit), "task.hand-over-outside", to.UserName);
        Record(TaskActions.HandOver, new HandedOver(to.UserName, to.Post, reason, now), actor, reason);
    }

    /// <summary>协办确认: a co-unit has done its part.</summary>
    /// <exception cref="RuleBrokenException">task.not-owner (403) · task.already-confirmed, task.wrong-state, task.version-conflict (409)</exception>
    public void Confirm(Actor actor, string? text, DateTimeOffset now)
    {
        Guard(TaskActions.Confirm, actor, now);
        Require(AwaitsConfirmation(actor.Unit), "task.already-confirmed");
        Record(TaskActions.Confirm, new Confirmed(actor.Unit, text, now), actor);
    }

    /// <summary>阅知: a unit that the closed report was for confirms having read it, once for each closing.</summary>
    /// <exception cref="RuleBrokenException">task.not-owner (403) · task.already-read, task.wrong-state, task.version-conflict (409)</exception>
    public void ConfirmReceipt(Actor actor, string? text, DateTimeOffset now)
    {
        Guard(TaskActions.ConfirmReceipt, actor, now);
        var unit = UnreadBy(actor);
        Require(unit is not null, "task.already-read");
        Record(TaskActions.ConfirmReceipt, new ReceiptConfirmed(unit!, actor.UserName, text, now), actor);
    }

    /// <summary>
    /// 报结, also 补报 of a missed one: goes straight to the state that results from the task's rules. Joint owners must
    /// have confirmed; once due has passed the lead may submit without them, and they are named.
    /// </summary>
    /// <exception cref="RuleBrokenException">
    /// task.not-owner (403) · task.wrong-state, task.version-conflict, task.joint-unconfirmed, task.evidence-missing,
    /// task.form-missing (409)
    /// </exception>
    public void Submit(Actor actor, Report report, DateTimeOffset now)
    {
        Guard(TaskActions.Submit, actor, now);
        var unconfirmed = Unconfirmed;
        Require(unconfirmed.Count == 0 || now >= DueAt, "task.joint-unconfirmed", string.Join(", ", unconfirmed));
        Require(!EvidenceRequired || report.AttachmentIds.Count + AttachmentIds.Count > 0, "task.evidence-missing");
        RequireFormOf(report);
        Record(
            TaskActions.Submit,
            new Submitted(
                actor.UserName, report.Text, report.Form, report.AttachmentIds, report.Outcome, unconfirmed,
                SignOffRequired ? TaskState.PendingSignOff : AfterSignature, now),
            actor);
    }

    /// <summary>审签 by a head who did not write it: of a submission, or of the correction of a closed report.</summary>
    /// <exception cref="RuleBrokenException">
    /// task.not-allowed (403) · task.wrong-state, task.version-conflict, task.no-correction (409)
    /// </exception>
    public void Sign(Actor actor, string? opinion, DateTimeOffset now)
    {
        Guard(TaskActions.Sign, actor, now);
        RequireSomethingToSign();
        Record(TaskActions.Sign, new Signed(actor.UserName, opinion, State is TaskState.Closed ? State : AfterSignature, now), actor);
    }

    /// <summary>退签: the head gives it back to the liaison; a refused correction leaves the report as it was.</summary>
    /// <exception cref="RuleBrokenException">
    /// task.not-owner (403) · task.wrong-state, task.version-conflict, task.no-correction (409)
    /// </exception>
    public void RefuseSignature(Actor actor, string reason, DateTimeOffset now)
    {
        Guard(TaskActions.RefuseSignature, actor, now);
        RequireSomethingToSign();
        Record(TaskActions.RefuseSignature, new SignatureRefused(reason, now), actor, reason);
    }

    /// <summary>
    /// 更正 of a report that was filed: a new version beside the old one, which stays. It counts once signed, at once where the
    /// task asks for no signature; on time or not, and when it was closed, stay as they were.
    /// </summary>
    /// <param name="report">Its files are not looked at: a correction corrects what was said.</param>
    /// <exception cref="RuleBrokenException">
    /// task.not-owner (403) · task.wrong-state, task.version-conflict, task.no-form, task.correction-pending, task.form-missing
    /// (409)
    /// </exception>
    public void Correct(Actor actor, Report report, string reason, DateTimeOffset now)
    {
        Guard(TaskActions.Correct, actor, now);
        Require(Form is not null, "task.no-form");
        Require(PendingCorrection is null, "task.correction-pending");
        RequireFormOf(report);
        Record(
            TaskActions.Correct,
            new Corrected(actor.UserName, report.Text, report.Form, report.Outcome, reason, SignOffRequired, now),
            actor, reason);
    }

    /// <summary>延期申请, before due. Breach and rungs wait for the decision.</summary>
    /// <exception cref="RuleBrokenException">
    /// task.not-owner (403) · task.extension-pending, task.extension-too-late, task.extension-not-later, task.wrong-state,
    /// task.version-conflict (409)
    /// </exception>
    public void RequestExtension(Actor actor, string reason, string progress, DateTimeOffset dueAt, DateTimeOffset now)
    {
        Guard(TaskActions.RequestExtension, actor, now);
        Require(PendingExtension is null, "task.extension-pending");
        Require(now < DueAt, "task.extension-too-late");
        Require(dueAt > DueAt, "task.extension-not-later");
        Record(TaskActions.RequestExtension, new ExtensionRequested(reason, progress, dueAt, now), actor, reason);
    }

    /// <summary>Since when a unit has the closed report to read; null: it has not, or has read it.</summary>
    public DateTimeOffset? AwaitsReadingSince(string unit) =>
        State is TaskState.Closed && CoUnits.Any(co => co.Unit == unit && co is { OnlyInformed: true, ReadAt: null }) ? CorrectedAt > ClosedAt ? CorrectedAt : ClosedAt : null;

    private string? UnreadBy(Actor actor) => CoUnits.FirstOrDefault(co => actor.ReadsFor(co.Unit) && AwaitsReadingSince(co.Unit) is not null)?.Unit;

    /// <summary>Work that was done fills the form; 无情况 needs none.</summary>
    private void RequireFormOf(Report report) =>
        Require(Form is null || report.Form is not null || report.Outcome != TaskInstances.Outcome.Done, "task.form-missing", Form ?? "");

    private void RequireSomethingToSign() => Require(State is not TaskState.Closed || PendingCorrection is not null, "task.no-correction");

    private bool AwaitsConfirmation(string unit) => CoUnits.Any(co => co.Unit == unit && co.ConfirmedAt is null);

    /// <summary>Joint owners that the lead has to wait for until due.</summary>
    internal IReadOnlyList<string> Unconfirmed => [.. CoUnits.Where(co => co.MustConfirm && co.ConfirmedAt is null).Select(co => co.Unit)];

    private TaskState AfterSignature => ReviewRequired ? TaskState.PendingReview : TaskState.Closed;
}
