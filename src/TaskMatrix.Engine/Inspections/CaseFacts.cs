using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Inspections;

public enum FactSide
{
    Against,
    For,
}

/// <summary>Something the record says that counts for or against the inspected unit. It judges nothing: the finding is a person's.</summary>
/// <param name="Code">Stable; texts are looked up by it.</param>
/// <param name="At">The deadline itself for what passed one.</param>
/// <param name="TaskId">Null where it concerns the inspection as a whole.</param>
/// <param name="Text">What was written then, or the ids of units, separated by commas.</param>
public sealed record CaseFact(string Code, FactSide Side, DateTimeOffset At, Guid? TaskId, string? Text = null);

/// <summary>Reads facts off the events of tasks and the steps of an inspection.</summary>
public static class CaseFacts
{
    /// <summary>Codes of all facts.</summary>
    public const string AckBreached = "ack-breached", Overdue = "overdue", Missed = "missed", Urged = "urged", Escalated = "escalated", Returned = "returned",
        OrderUnanswered = "order-unanswered", AnsweredLate = "answered-late", AcknowledgedInTime = "acknowledged-in-time", Progress = "progress",
        AskedExtension = "asked-extension", ExtensionGranted = "extension-granted", Suspended = "suspended", Declined = "declined", TookOver = "took-over",
        WaitedFor = "waited-for", Filed = "filed", AskedForHelp = "asked-for-help", AnsweredInTime = "answered-in-time";

    public static IEnumerable<CaseFact> Of(TaskInstance task, IEnumerable<TaskEvent> events)
    {
        var breached = false;
        foreach (var happened in events)
        {
            if (Against(task.Id, happened) is { } against)
            {
                breached |= happened is Engine.TaskInstances.AckBreached;
                yield return against;
            }
            else if (For(task.Id, happened, breached) is { } speaksFor)
            {
                yield return speaksFor;
            }
        }

        if (task is { State: TaskState.InProgress, Unconfirmed.Count: > 0, OverdueSince: { } since })
        {
            yield return new CaseFact(WaitedFor, FactSide.For, since, task.Id, string.Join(", ", task.Unconfirmed));
        }
    }

    /// <summary>Whether its orders were answered, and when.</summary>
    public static IEnumerable<CaseFact> Of(Inspection inspection, DateTimeOffset now)
    {
        if (inspection.AnswerOverdue(now))
        {
            yield return new CaseFact(OrderUnanswered, FactSide.Against, inspection.AnswerBy!.Value, null, inspection.Orders[^1].Number);
        }

        foreach (var answer in inspection.Explanations)
        {
            yield return answer.Late ? new CaseFact(AnsweredLate, FactSide.Against, answer.At, null) : new CaseFact(AnsweredInTime, FactSide.For, answer.At, null);
        }
    }

    private static CaseFact? Against(Guid task, TaskEvent happened) => happened switch
    {
        TaskInstances.AckBreached e => new(AckBreached, FactSide.Against, e.Deadline, task),
        BecameOverdue e => new(Overdue, FactSide.Against, e.Deadline, task),
        WasMissed e => new(Missed, FactSide.Against, e.CutOff, task),
        TaskInstances.Urged e => new(Urged, FactSide.Against, e.At, task, e.Text),
        TaskInstances.Escalated { Level: > 0 } e => new(Escalated, FactSide.Against, e.Moment, task, e.Rung),
        ReturnedForRework e => new(Returned, FactSide.Against, e.At, task, e.Reason),
        _ => null,
    };

    private static CaseFact? For(Guid task, TaskEvent happened, bool breached) => happened switch
    {
        Acknowledged e when !breached => new(AcknowledgedInTime, FactSide.For, e.At, task),
        Progressed e => new(Progress, FactSide.For, e.At, task, $"{e.Percent}% {e.Text}"),
        ExtensionRequested e => new(AskedExtension, FactSide.For, e.At, task, e.Reason),
        ExtensionDecided { Granted: true } e => new(ExtensionGranted, FactSide.For, e.At, task, e.Opinion),
        TaskInstances.Suspended e => new(Suspended, FactSide.For, e.At, task, e.Reason),
        TaskInstances.Declined e => new(Declined, FactSide.For, e.At, task, e.Reason),
        Reassigned e => new(TookOver, FactSide.For, e.At, task, e.Reason),
        Submitted { Unconfirmed.Count: > 0 } e => new(WaitedFor, FactSide.For, e.At, task, string.Join(", ", e.Unconfirmed)),
        Submitted e => new(Filed, FactSide.For, e.At, task, e.Text),
        _ => null,
    };
}
