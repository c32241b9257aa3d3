namespace TaskMatrix.Engine.Notifications;

/// <summary>What a message is about. The names are those of the API and of its texts.</summary>
public static class NoticeKind
{
    public const string TaskIssued = "task-issued", TaskBegun = "task-begun", TaskDeclined = "task-declined", TaskReturned = "task-returned",
        ReturnRefused = "return-refused", SignatureRefused = "signature-refused", SignWanted = "sign-wanted", ReviewWanted = "review-wanted",
        TaskReopened = "task-reopened", TaskResumed = "task-resumed", TaskCalledOff = "task-called-off", ExtensionAsked = "extension-asked",
        ExtensionGranted = "extension-granted", ExtensionRefused = "extension-refused", Urged = "urged", AckOverdue = "ack-overdue",
        TaskOverdue = "task-overdue", TaskMissed = "task-missed", RungRemind = "rung-remind", RungUrge = "rung-urge", RungLeader = "rung-leader", RungOrder = "rung-order", RungInspection = "rung-inspection",
        InspectionOpened = "inspection-opened", OrderIssued = "order-issued", InspectionExplained = "inspection-explained", InspectionFound = "inspection-found",
        InspectionRechecked = "inspection-rechecked", InspectionClosed = "inspection-closed", MeasureWanted = "measure-wanted",
        MeasureDecided = "measure-decided",
        EventRaised = "event-raised", InstructionIssued = "instruction-issued", InstructionAnswered = "instruction-answered",
        InstructionClosed = "instruction-closed", MeetingProposed = "meeting-proposed", MeetingCalled = "meeting-called",
        MeetingCancelled = "meeting-cancelled", ChannelTest = "channel-test";

    public static readonly IReadOnlyList<string> All =
    [
        TaskIssued, TaskBegun, TaskDeclined, TaskReturned, ReturnRefused, SignatureRefused, SignWanted, ReviewWanted, TaskReopened, TaskResumed, TaskCalledOff,
        ExtensionAsked, ExtensionGranted, ExtensionRefused, Urged, AckOverdue, TaskOverdue, TaskMissed, RungRemind, RungUrge, RungLeader, RungOrder, RungInspection, InspectionOpened,
        OrderIssued, InspectionExplained, InspectionFound, InspectionRechecked, InspectionClosed, MeasureWanted, MeasureDecided, EventRaised,
        InstructionIssued, InstructionAnswered, InstructionClosed, MeetingProposed, MeetingCalled, MeetingCancelled, ChannelTest,
    ];

    /// <summary>Said by the ladder: held by its quiet hours, withdrawn when the task ends before it was given. What opens an inspection is neither.</summary>
    public static bool OfLadder(string kind) => kind is RungRemind or RungUrge or RungLeader;
}

/// <summary>The thing a message speaks of.</summary>
/// <param name="Path">Where it stands in the program.</param>
/// <param name="At">Its deadline, or when it takes place.</param>
public sealed record NoticeSubject(string Number, string Title, string English, string Path, DateTimeOffset? At = null, Guid? TaskId = null);

/// <summary>Something that one recipient is to be told.</summary>
/// <param name="Address">A <see cref="Recipient"/>.</param>
/// <param name="By">User name of who made it happen; messages of one maker and moment are gathered.</param>
/// <param name="At">When it happened.</param>
/// <param name="Release">Before that it is given to nobody.</param>
/// <param name="Text">What was written to the recipient: a reason, an urging.</param>
public sealed record Notice(
    string Jurisdiction, string Address, string Kind, NoticeSubject Subject, string By, DateTimeOffset At, DateTimeOffset Release, string? Text = null)
{
    /// <summary>What is gathered into one message: same recipient, kind and maker within one minute, given at one moment.</summary>
    public string Gathering =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Jurisdiction}|{Address}|{Kind}|{By}|{At.UtcTicks / TimeSpan.TicksPerMinute}|{Release.UtcTicks / TimeSpan.TicksPerMinute}");
}
