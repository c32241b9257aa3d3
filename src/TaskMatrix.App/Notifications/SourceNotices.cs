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
        var subject = new NoticeSubject(instruction.Number, instruction.Title, "", $"/instructions/{instruction.Id}", instruction.DueAt);
        return [Make(instruction.Jurisdiction, actor.Is(Role.Office) ? Recipient.Leader : Recipient.Office, NoticeKind.InstructionIssued, subject, actor, now)];
    }

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

    private static Notice Make(string jurisdiction, string address, string kind, NoticeSubject subject, Actor actor, DateTimeOffset now, string? text = null) =>
        new(jurisdiction, address, kind, subject, actor.UserName, now, now, text);
}
