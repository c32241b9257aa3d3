using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.Engine.TaskInstances;

/// <summary>Where a task goes when it is given to another unit.</summary>
/// <param name="CoUnits">Null keeps them.</param>
/// <param name="AckBy">Null: now plus the original time.</param>
/// <param name="DueAt">Null keeps the due time.</param>
public sealed record NewOwner(
    string LeadUnit, string? AccountablePost, IReadOnlyList<CoUnit>? CoUnits, DateTimeOffset? AckBy, DateTimeOffset? DueAt);

public sealed partial class TaskInstance
{
    /// <summary>改派, also to the same unit.</summary>
    /// <exception cref="RuleBrokenException">
    /// task.not-allowed (403) · task.wrong-state, task.version-conflict (409) · task.due-in-past, task.ack-in-past (400)
    /// </exception>
    public void Reassign(Actor actor, NewOwner owner, string reason, Reckoning reckoning, DateTimeOffset now)
    {
        Guard(TaskActions.Reassign, actor, now);
        Valid(owner.DueAt is null || owner.DueAt > now, "task.due-in-past", owner.DueAt ?? now);
        Valid(owner.AckBy is null || owner.AckBy > now, "task.ack-in-past", owner.AckBy ?? now);
        var due = owner.DueAt ?? (State is TaskState.Suspended ? DueAfterSuspension(reckoning, now) : DueAt!.Value);
        var coUnits = (owner.CoUnits ?? CoUnits).Where(co => co.Unit != owner.LeadUnit).ToList();
        Record(
            TaskActions.Reassign,
            new Reassigned(owner.LeadUnit, coUnits, owner.AccountablePost, reason, owner.AckBy ?? NewAckBy(reckoning, now), due, now),
            actor, reason);
    }

    /// <summary>The unit must take the task it declined; it has its time to acknowledge again.</summary>
    /// <exception cref="RuleBrokenException">task.not-allowed (403) · task.wrong-state, task.version-conflict (409)</exception>
    public void RefuseReturn(Actor actor, string reason, Reckoning reckoning, DateTimeOffset now)
    {
        Guard(TaskActions.RefuseReturn, actor, now);
        Record(TaskActions.RefuseReturn, new ReturnRefused(reason, NewAckBy(reckoning, now), now), actor, reason);
    }

    /// <summary>审结 by a reviewer who did not submit it.</summary>
    /// <exception cref="RuleBrokenException">task.not-allowed (403) · task.wrong-state, task.version-conflict (409)</exception>
    public void Approve(Actor actor, string? opinion, DateTimeOffset now)
    {
        Guard(TaskActions.Approve, actor, now);
        Record(TaskActions.Approve, new Approved(actor.UserName, opinion, now), actor);
    }

    /// <summary>退回重办. After the due time a new one must be given.</summary>
    /// <exception cref="RuleBrokenException">task.not-allowed (403) · task.due-required, task.wrong-state, task.version-conflict (409) · task.due-in-past (400)</exception>
    public void ReturnForRework(Actor actor, string reason, DateTimeOffset? dueAt, DateTimeOffset now)
    {
        Guard(TaskActions.Return, actor, now);
        Valid(dueAt is null || dueAt > now, "task.due-in-past", dueAt ?? now);
        Require(dueAt is not null || now < DueAt, "task.due-required");
        Record(TaskActions.Return, new ReturnedForRework(reason, dueAt, now), actor, reason);
    }

    /// <summary>挂起: the remaining time is kept; a breach that happened stays.</summary>
    /// <exception cref="RuleBrokenException">task.not-allowed (403) · task.wrong-state, task.version-conflict (409)</exception>
    public void Suspend(Actor actor, string reason, DateTimeOffset? expectedResume, Reckoning reckoning, DateTimeOffset now)
    {
        Guard(TaskActions.Suspend, actor, now);
        Record(
            TaskActions.Suspend,
            new Suspended(reason, expectedResume, Remaining(AckBy, reckoning, now), Remaining(DueAt, reckoning, now), now),
            actor, reason);
    }

    /// <summary>恢复 to the state before, with the time that remained.</summary>
    /// <exception cref="RuleBrokenException">task.not-allowed (403) · task.wrong-state, task.version-conflict (409)</exception>
    public void Resume(Actor actor, Reckoning reckoning, DateTimeOffset now)
    {
        Guard(TaskActions.Resume, actor, now);
        var ackBy = AfterSuspension(AckBy ?? now, RemainingAck, reckoning, now);
        Record(TaskActions.Resume, new Resumed(ackBy, DueAfterSuspension(reckoning, now), now), actor);
    }

    /// <summary>The office grants (the date asked for unless it gives another) or refuses.</summary>
    /// <exception cref="RuleBrokenException">
    /// task.not-allowed (403) · task.no-extension-request, task.extension-not-later, task.wrong-state, task.version-conflict (409)
    /// </exception>
    public void DecideExtension(Actor actor, bool granted, DateTimeOffset? dueAt, string opinion, DateTimeOffset now)
    {
        Guard(TaskActions.DecideExtension, actor, now);
        Require(PendingExtension is not null, "task.no-extension-request");
        var due = granted ? dueAt ?? PendingExtension!.DueAt : (DateTimeOffset?)null;
        Require(due is null || due > DueAt, "task.extension-not-later");
        Record(TaskActions.DecideExtension, new ExtensionDecided(granted, due, opinion, now), actor, opinion);
    }

    /// <summary>催办 by hand; it does not count as escalation.</summary>
    /// <exception cref="RuleBrokenException">task.not-allowed (403) · task.wrong-state, task.version-conflict (409)</exception>
    public void Urge(Actor actor, string? text, DateTimeOffset now)
    {
        Guard(TaskActions.Urge, actor, now);
        Record(TaskActions.Urge, new Urged(text, LeadUnit, now), actor, text);
    }

    /// <summary>不适用.</summary>
    /// <exception cref="RuleBrokenException">task.not-allowed (403) · task.wrong-state, task.version-conflict (409)</exception>
    public void MarkNotApplicable(Actor actor, string reason, DateTimeOffset now)
    {
        Guard(TaskActions.MarkNotApplicable, actor, now);
        Record(TaskActions.MarkNotApplicable, new MarkedNotApplicable(reason, now), actor, reason);
    }

    /// <summary>终止, by reason or instruction.</summary>
    /// <exception cref="RuleBrokenException">task.not-allowed (403) · task.wrong-state, task.version-conflict (409)</exception>
    public void Terminate(Actor actor, string reason, string? reference, DateTimeOffset now)
    {
        Guard(TaskActions.Terminate, actor, now);
        Record(TaskActions.Terminate, new Terminated(reason, reference, now), actor, reason);
    }

    /// <summary>重启 of a closed task with a new due time; the old closing stays in the record.</summary>
    /// <exception cref="RuleBrokenException">task.not-allowed (403) · task.wrong-state, task.version-conflict (409) · task.due-in-past (400)</exception>
    public void Reopen(Actor actor, string reason, DateTimeOffset dueAt, DateTimeOffset now, string? reference = null)
    {
        Guard(TaskActions.Reopen, actor, now);
        Valid(dueAt > now, "task.due-in-past", dueAt);
        Record(TaskActions.Reopen, new Reopened(reason, dueAt, now, reference), actor, reason);
    }

    private DateTimeOffset NewAckBy(Reckoning reckoning, DateTimeOffset now) =>
        reckoning.Resolve(Deadline.Parse(AckWithin), now, Calendar);

    private TimeSpan Remaining(DateTimeOffset? deadline, Reckoning reckoning, DateTimeOffset now) =>
        deadline > now ? reckoning.Between(now, deadline.Value, Calendar) : TimeSpan.Zero;

    private DateTimeOffset DueAfterSuspension(Reckoning reckoning, DateTimeOffset now) =>
        AfterSuspension(DueAt!.Value, RemainingDue, reckoning, now);

    /// <summary>Never before the deadline that stands: it may lie outside working hours, or be granted meanwhile.</summary>
    private DateTimeOffset AfterSuspension(DateTimeOffset deadline, TimeSpan remaining, Reckoning reckoning, DateTimeOffset now) =>
        remaining > TimeSpan.Zero && reckoning.Add(now, remaining, Calendar) is var moved && moved > deadline ? moved : deadline;
}
