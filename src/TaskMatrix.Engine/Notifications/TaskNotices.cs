using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Overdue;
using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Notifications;

/// <summary>Whom an event of a task concerns, and what they are told. One place for all events: a new one is told nobody until it stands here.</summary>
public static class TaskNotices
{
    /// <param name="ladder">Of the task; its quiet hours hold for its rungs alone.</param>
    public static IEnumerable<Notice> Of(TaskInstance task, RecordedEvent happened, EscalationLadder? ladder, Reckoning reckoning)
    {
        foreach (var (address, kind, text) in Concerns(task, happened))
        {
            var at = happened.Event.At;
            var release = NoticeKind.OfLadder(kind) && ladder?.Quiet is { } quiet ? quiet.Release(at, reckoning) : at;
            yield return new Notice(task.Jurisdiction, address, kind, Subject(task), happened.Actor.UserName, at, release, text);
        }
    }

    /// <summary>After this the rungs that fired no longer hold: the work left the unit, or they were armed anew.</summary>
    public static bool Settles(RecordedEvent happened) =>
        !TaskStates.WithUnit.Contains(happened.To)
        || happened.Event is Reassigned or ReturnRefused or ReturnedForRework or Resumed or Reopened or ExtensionDecided { Granted: true };

    /// <summary>Everybody whom a rung of a task of this unit can speak to.</summary>
    public static IEnumerable<string> LadderAddresses(string unit) => Enum.GetValues<RungRecipient>().Select(to => AddressOf(to, unit));

    public static NoticeSubject Subject(TaskInstance task) =>
        new(task.Number, task.Title, task.English, $"/tasks/{task.Id}", task.DueAt, task.Id);

    private static IEnumerable<(string Address, string Kind, string? Text)> Concerns(TaskInstance task, RecordedEvent happened)
    {
        var unit = Recipient.Unit(task.LeadUnit);
        return happened.Event switch
        {
            Issued => [(unit, happened.To is TaskState.PendingAck ? NoticeKind.TaskIssued : NoticeKind.TaskBegun, null)],
            Reassigned e => [(unit, NoticeKind.TaskIssued, e.Reason)],
            Declined e => [(Recipient.Office, NoticeKind.TaskDeclined, e.Reason)],
            ReturnRefused e => [(unit, NoticeKind.ReturnRefused, e.Reason)],
            ReturnedForRework e => [(unit, NoticeKind.TaskReturned, e.Reason)],
            Submitted or Signed => Wanted(task, happened.To),
            Corrected { Waits: true } e => [(Recipient.Head(task.LeadUnit), NoticeKind.SignWanted, e.Reason)],
            SignatureRefused e => [(unit, NoticeKind.SignatureRefused, e.Reason)],
            Reopened e => [(unit, NoticeKind.TaskReopened, e.Reason)],
            Resumed => [(unit, NoticeKind.TaskResumed, null)],
            MarkedNotApplicable e => CalledOff(unit, happened, e.Reason),
            Terminated e => CalledOff(unit, happened, e.Reason),
            ExtensionRequested e => [(Recipient.Office, NoticeKind.ExtensionAsked, e.Reason)],
            ExtensionDecided e => [(unit, e.Granted ? NoticeKind.ExtensionGranted : NoticeKind.ExtensionRefused, e.Opinion)],
            Urged e => [(unit, NoticeKind.Urged, e.Text)],
            AckBreached => [(unit, NoticeKind.AckOverdue, null), (Recipient.Office, NoticeKind.AckOverdue, null)],
            BecameOverdue => [(Recipient.Office, NoticeKind.TaskOverdue, null)],
            WasMissed => [(unit, NoticeKind.TaskMissed, null), (Recipient.Office, NoticeKind.TaskMissed, null)],
            Escalated { To: { } to, Kind: { } kind } => [(AddressOf(to, task.LeadUnit), KindOf(kind), null)],
            _ => [],
        };
    }

    /// <summary>A draft was never the unit's.</summary>
    private static IEnumerable<(string, string, string?)> CalledOff(string unit, RecordedEvent happened, string reason) =>
        happened.From is TaskState.Draft ? [] : [(unit, NoticeKind.TaskCalledOff, reason)];

    private static IEnumerable<(string, string, string?)> Wanted(TaskInstance task, TaskState state) => state switch
    {
        TaskState.PendingSignOff => [(Recipient.Head(task.LeadUnit), NoticeKind.SignWanted, null)],
        TaskState.PendingReview => [(task.LeadUnit == Actor.OfficeUnit ? Recipient.Leader : Recipient.Office, NoticeKind.ReviewWanted, null)],
        _ => [],
    };

    private static string AddressOf(RungRecipient to, string unit) => to switch
    {
        RungRecipient.Unit => Recipient.Unit(unit),
        RungRecipient.Head => Recipient.Head(unit),
        RungRecipient.Office => Recipient.Office,
        RungRecipient.Leader => Recipient.Leader,
        _ => Recipient.Inspector,
    };

    private static string KindOf(RungKind kind) => kind switch
    {
        RungKind.Remind => NoticeKind.RungRemind,
        RungKind.Urge => NoticeKind.RungUrge,
        RungKind.SupervisionOrder => NoticeKind.RungOrder,
        RungKind.OpenInspection => NoticeKind.RungInspection,
        _ => NoticeKind.RungLeader,
    };
}
