using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Notifications;

/// <summary>Whom events, instructions and meetings concern. What they make of it for units are tasks, which are told as tasks.</summary>
internal static class SourceNotices
{
    /// <summary>The office, unless it raised the event itself; calling a meeting and issuing an instruction are told as such.</summary>
    public static IEnumerable<Notice> Of(RaisedEvent raised, Actor actor, Catalogue catalogue)
    {
        var kind = catalogue.Set.EventKind(raised.Kind);
        var subject = new NoticeSubject("", $"{kind?.Title}：{raised.Summary}", $"{kind?.English}: {raised.Summary}", $"/events/{raised.Id}");
        return actor.Is(Role.Office) || raised.Kind is MeetingLedger.EventKind or InstructionView.EventKind
            ? []
            : [Make(raised.Jurisdiction, Recipient.Office, NoticeKind.EventRaised, subject, actor, raised.RaisedAt)];
    }

    public static IEnumerable<Notice> Of(Instruction instruction, Actor actor, DateTimeOffset now)
    {
        var address = actor.Is(Role.Office) ? Recipient.Leader : Recipient.Office;
        return [Make(instruction.Jurisdiction, address, NoticeKind.InstructionIssued, Subject(instruction), actor, now)];
    }

    /// <summary>反馈: the leaders read what the office answers.</summary>
    public static IEnumerable<Notice> Answered(Instruction instruction, string text, Actor actor, DateTimeOffset now) =>
        [Make(instruction.Jurisdiction, Recipient.Leader, NoticeKind.InstructionAnswered, Subject(instruction), actor, now, text)];

    /// <summary>办结, by word or with its last task.</summary>
    public static IEnumerable<Notice> Closed(Instruction instruction, Actor actor, DateTimeOffset now) =>
        [Make(instruction.Jurisdiction, Recipient.Leader, NoticeKind.InstructionClosed, Subject(instruction), actor, now, instruction.ClosingText)];

    public static IEnumerable<Notice> Of(Meeting meeting, string action, Actor actor, DateTimeOffset now)
    {
        var subject = new NoticeSubject(meeting.Number, meeting.Title, "", $"/meetings/{meeting.Id}", meeting.StartsAt);
        var invited = meeting.Invitees.Select(invitee => Recipient.Unit(invitee.Unit));
        return action switch
        {
            "propose-meeting" when !actor.Is(Role.Office) => [Make(meeting.Jurisdiction, Recipient.Office, NoticeKind.MeetingProposed, subject, actor, now)],
            "call-meeting" or "move-meeting" => invited.Select(unit => Make(meeting.Jurisdiction, unit, NoticeKind.MeetingCalled, subject, actor, now, action == "move-meeting" ? meeting.Moves[^1].Reason : null)),
            "cancel-meeting" => invited.Select(unit => Make(meeting.Jurisdiction, unit, NoticeKind.MeetingCancelled, subject, actor, now, meeting.Reason)),
            _ => [],
        };
    }

    private static NoticeSubject Subject(Instruction instruction) =>
        new(instruction.Number, instruction.Title, "", $"/instructions/{instruction.Id}", instruction.DueAt);

    private static Notice Make(string jurisdiction, string address, string kind, NoticeSubject subject, Actor actor, DateTimeOffset now, string? text = null) =>
        new(jurisdiction, address, kind, subject, actor.UserName, now, now, text);
}
