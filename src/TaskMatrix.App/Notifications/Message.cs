using TaskMatrix.Engine.Notifications;

namespace TaskMatrix.App.Notifications;

/// <summary>
/// What one recipient of a jurisdiction is told, written in the transaction of what happened. It is the message of the inbox
/// and, until its channels have taken it over, the entry of the outbox.
/// </summary>
public sealed class Message
{
    /// <summary>Subjects whose words are kept; the others stand behind <see cref="Path"/>.</summary>
    public const int MostShown = 5;

    /// <summary>Tasks whose ids are kept; one more begins a further message.</summary>
    public const int MostTasks = 500;

    public required Guid Id { get; init; }

    public required string Jurisdiction { get; init; }

    /// <summary>A <see cref="Recipient"/>.</summary>
    public required string Address { get; init; }

    /// <summary>A <see cref="NoticeKind"/>.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Before that nobody is given it: later than <see cref="At"/> where it fell into quiet hours. A message that grows is new again.
    /// Domain time.
    /// </summary>
    public required DateTimeOffset VisibleFrom { get; set; }

    /// <summary>How many things it speaks of.</summary>
    public int Count { get; set; }

    /// <summary>The first of them, at most <see cref="MostShown"/>.</summary>
    public IReadOnlyList<NoticeSubject> Subjects { get; set; } = [];

    public IReadOnlyList<Guid> TaskIds { get; set; } = [];

    /// <summary>The task where it speaks of one alone.</summary>
    public Guid? TaskId { get; set; }

    public string? Text { get; init; }

    public bool Exercise { get; init; }

    /// <summary>Unique: what is gathered here. Null once it takes nothing more.</summary>
    public string? Gathering { get; set; }

    /// <summary>When its channels take it over; null once they have.</summary>
    public DateTimeOffset? OutboxAt { get; set; }

    /// <summary>The page that shows all it speaks of.</summary>
    public string Path => Count == 1 && Subjects.Count > 0 ? Subjects[0].Path : MessagePaths.Of(Kind, Address);
}

/// <summary>Where several things of one kind stand together.</summary>
internal static class MessagePaths
{
    public static string Of(string kind, string address)
    {
        var unit = Recipient.UnitOf(address) is { } id ? "&unit=" + Uri.EscapeDataString(id) : "";
        return kind switch
        {
            NoticeKind.TaskIssued or NoticeKind.ReturnRefused => "/tasks?state=pendingAck" + unit,
            NoticeKind.TaskDeclined => "/tasks?state=returned",
            NoticeKind.SignWanted => "/tasks?state=pendingSignOff" + unit,
            NoticeKind.ReviewWanted => "/tasks?state=pendingReview",
            NoticeKind.AckOverdue or NoticeKind.TaskOverdue or NoticeKind.TaskMissed or NoticeKind.RungUrge or NoticeKind.RungLeader => "/overdue" + (unit.Length > 0 ? "?" + unit[1..] : ""),
            NoticeKind.InspectionOpened or NoticeKind.OrderIssued or NoticeKind.InspectionExplained or NoticeKind.InspectionFound or NoticeKind.InspectionRechecked
                or NoticeKind.InspectionClosed or NoticeKind.MeasureWanted or NoticeKind.MeasureDecided
                or NoticeKind.RungOrder or NoticeKind.RungInspection => "/inspections",
            NoticeKind.EventRaised => "/events",
            NoticeKind.InstructionIssued or NoticeKind.InstructionAnswered or NoticeKind.InstructionClosed => "/instructions",
            NoticeKind.MeetingProposed or NoticeKind.MeetingCalled or NoticeKind.MeetingCancelled => "/meetings",
            _ => "/tasks" + (unit.Length > 0 ? "?" + unit[1..] : ""),
        };
    }
}

/// <summary>A person has seen one message.</summary>
public sealed class MessageRead
{
    public required string UserName { get; init; }

    public required Guid MessageId { get; init; }

    public required DateTimeOffset ReadAt { get; init; }
}

/// <summary>A person has seen all messages up to a moment.</summary>
public sealed class InboxMark
{
    public required string UserName { get; init; }

    /// <summary>Of <see cref="Message.VisibleFrom"/>, the moment itself included.</summary>
    public required DateTimeOffset ReadThrough { get; set; }
}
