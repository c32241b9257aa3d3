using System.Text.Json.Serialization;

namespace TaskMatrix.Engine.TaskInstances;

/// <summary>
/// Something that happened to a task. The stored events alone rebuild the task: <see cref="TaskInstance.Replay"/>.
/// </summary>
/// <param name="At">Domain time.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Drafted), "drafted")]
[JsonDerivedType(typeof(Issued), "issued")]
[JsonDerivedType(typeof(Acknowledged), "acknowledged")]
[JsonDerivedType(typeof(Declined), "declined")]
[JsonDerivedType(typeof(Reassigned), "reassigned")]
[JsonDerivedType(typeof(ReturnRefused), "return-refused")]
[JsonDerivedType(typeof(Progressed), "progressed")]
[JsonDerivedType(typeof(HandedOver), "handed-over")]
[JsonDerivedType(typeof(PassedDown), "passed-down")]
[JsonDerivedType(typeof(Confirmed), "confirmed")]
[JsonDerivedType(typeof(Submitted), "submitted")]
[JsonDerivedType(typeof(Signed), "signed")]
[JsonDerivedType(typeof(SignatureRefused), "signature-refused")]
[JsonDerivedType(typeof(Corrected), "corrected")]
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(ReturnedForRework), "returned-for-rework")]
[JsonDerivedType(typeof(Suspended), "suspended")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(ExtensionRequested), "extension-requested")]
[JsonDerivedType(typeof(ExtensionDecided), "extension-decided")]
[JsonDerivedType(typeof(Urged), "urged")]
[JsonDerivedType(typeof(MarkedNotApplicable), "marked-not-applicable")]
[JsonDerivedType(typeof(Terminated), "terminated")]
[JsonDerivedType(typeof(Reopened), "reopened")]
[JsonDerivedType(typeof(ReceiptConfirmed), "receipt-confirmed")]
[JsonDerivedType(typeof(Rescheduled), "rescheduled")]
[JsonDerivedType(typeof(Attended), "attended")]
[JsonDerivedType(typeof(Concluded), "concluded")]
[JsonDerivedType(typeof(AboveEnded), "above-ended")]
[JsonDerivedType(typeof(AckBreached), "ack-breached")]
[JsonDerivedType(typeof(BecameOverdue), "became-overdue")]
[JsonDerivedType(typeof(Escalated), "escalated")]
[JsonDerivedType(typeof(WasMissed), "missed")]
public abstract record TaskEvent(DateTimeOffset At);

/// <summary>A task was written down but not given to the unit.</summary>
public sealed record Drafted(TaskIssue Task, DateTimeOffset At) : TaskEvent(At);

/// <summary>交办: the unit has the task. <see cref="Task"/> is null when a draft is issued.</summary>
public sealed record Issued(TaskIssue? Task, DateTimeOffset AckBy, DateTimeOffset DueAt, DateTimeOffset At) : TaskEvent(At);

public sealed record Acknowledged(string Person, string Post, DateTimeOffset At) : TaskEvent(At);

public sealed record Declined(string Reason, string? ProposedUnit, DateTimeOffset At) : TaskEvent(At);

public sealed record Reassigned(
    string LeadUnit, IReadOnlyList<CoUnit> CoUnits, string? AccountablePost, string Reason,
    DateTimeOffset AckBy, DateTimeOffset DueAt, DateTimeOffset At) : TaskEvent(At);

public sealed record ReturnRefused(string Reason, DateTimeOffset AckBy, DateTimeOffset At) : TaskEvent(At);

public sealed record Progressed(int Percent, string Text, IReadOnlyList<string> AttachmentIds, DateTimeOffset At) : TaskEvent(At);

public sealed record HandedOver(string Person, string Post, string Reason, DateTimeOffset At) : TaskEvent(At);

/// <summary>A task was made of it in the jurisdiction of the lead unit.</summary>
public sealed record PassedDown(TaskBelow Below, DateTimeOffset DueAt, string? Text, DateTimeOffset At) : TaskEvent(At);

public sealed record Confirmed(string Unit, string? Text, DateTimeOffset At) : TaskEvent(At);

/// <summary>报结.</summary>
/// <param name="To">The state that results: PendingSignOff, PendingReview or Closed.</param>
/// <param name="Unconfirmed">Joint owners that had not confirmed; the breach is theirs.</param>
public sealed record Submitted(
    string Person, string Text, string? Form, IReadOnlyList<string> AttachmentIds, Outcome Outcome,
    IReadOnlyList<string> Unconfirmed, TaskState To, DateTimeOffset At) : TaskEvent(At);

public sealed record Signed(string Person, string? Opinion, TaskState To, DateTimeOffset At) : TaskEvent(At);

public sealed record SignatureRefused(string Reason, DateTimeOffset At) : TaskEvent(At);

/// <summary>更正: a new version beside the old one.</summary>
/// <param name="Waits">For the signature of a head who did not write it; false: it counts at once.</param>
public sealed record Corrected(
    string Person, string Text, string? Form, Outcome Outcome, string Reason, bool Waits, DateTimeOffset At) : TaskEvent(At);

public sealed record Approved(string Person, string? Opinion, DateTimeOffset At) : TaskEvent(At);

public sealed record ReturnedForRework(string Reason, DateTimeOffset? DueAt, DateTimeOffset At) : TaskEvent(At);

/// <summary>挂起.</summary>
/// <param name="RemainingAck">Time left to acknowledge, zero when passed.</param>
/// <param name="RemainingDue">Time left to due, zero when passed.</param>
public sealed record Suspended(
    string Reason, DateTimeOffset? ExpectedResume, TimeSpan RemainingAck, TimeSpan RemainingDue, DateTimeOffset At) : TaskEvent(At);

public sealed record Resumed(DateTimeOffset AckBy, DateTimeOffset DueAt, DateTimeOffset At) : TaskEvent(At);

public sealed record ExtensionRequested(string Reason, string Progress, DateTimeOffset DueAt, DateTimeOffset At) : TaskEvent(At);

public sealed record ExtensionDecided(bool Granted, DateTimeOffset? DueAt, string Opinion, DateTimeOffset At) : TaskEvent(At);

public sealed record Urged(string? Text, string Recipient, DateTimeOffset At) : TaskEvent(At);

public sealed record MarkedNotApplicable(string Reason, DateTimeOffset At) : TaskEvent(At);

public sealed record Terminated(string Reason, string? Reference, DateTimeOffset At) : TaskEvent(At);

/// <param name="Reference">What asked for it, an inspector's order for example.</param>
public sealed record Reopened(string Reason, DateTimeOffset DueAt, DateTimeOffset At, string? Reference = null) : TaskEvent(At);

/// <summary>阅知: an informed unit has read the closed report.</summary>
public sealed record ReceiptConfirmed(string Unit, string Person, string? Text, DateTimeOffset At) : TaskEvent(At);

/// <summary>What the task is about was moved to another time, and its due with it.</summary>
public sealed record Rescheduled(string Reason, DateTimeOffset DueAt, DateTimeOffset At) : TaskEvent(At);

/// <summary>The minutes of a meeting say that the unit came.</summary>
/// <param name="Text">Number of the meeting.</param>
/// <param name="BeganAt">Start of the meeting, at which the task was due.</param>
public sealed record Attended(string Text, DateTimeOffset BeganAt, DateTimeOffset At) : TaskEvent(At);

/// <summary>The instruction that the task passed on has come to its end.</summary>
public sealed record Concluded(string Text, DateTimeOffset At) : TaskEvent(At);

/// <summary>The task that this one was passed down from has ended.</summary>
/// <param name="As">How; null: it was taken up again.</param>
public sealed record AboveEnded(TaskState? As, string Text, DateTimeOffset At) : TaskEvent(At);

/// <summary>The time to acknowledge passed. <see cref="Deadline"/> is that moment, not when it was noticed.</summary>
public sealed record AckBreached(DateTimeOffset Deadline, DateTimeOffset At) : TaskEvent(At);

public sealed record BecameOverdue(DateTimeOffset Deadline, DateTimeOffset At) : TaskEvent(At);

/// <summary>A rung of the ladder fired.</summary>
/// <param name="Moment">When the rung was due.</param>
/// <param name="Recipient">Unit that is told; <paramref name="Channel"/> is how.</param>
public sealed record Escalated(
    string Rung, int Level, DateTimeOffset Moment, string Recipient, string Channel, DateTimeOffset At) : TaskEvent(At);

public sealed record WasMissed(DateTimeOffset CutOff, DateTimeOffset At) : TaskEvent(At);
