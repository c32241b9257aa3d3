using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Overdue;

namespace TaskMatrix.Engine.TaskInstances;

/// <summary>The next moment at which a task changes by itself.</summary>
/// <param name="Kind">ack, due, missed or the name of a rung.</param>
public sealed record TaskTimer(DateTimeOffset At, string Kind);

public sealed partial class TaskInstance
{
    /// <summary>A deadline is the first moment that is too late: red from then on, noted or not.</summary>
    public Light LightAt(DateTimeOffset now) => this switch
    {
        _ when RedFrom <= now => Light.Red,
        { State: TaskState.Returned } or { InRework: true } => Light.Yellow,
        { State: TaskState.Draft or TaskState.Suspended or TaskState.NotApplicable or TaskState.Terminated } => Light.Grey,
        _ when DueRuns && now >= WarnAt => Light.Blue,
        _ => Light.Green,
    };

    /// <summary>From here on the light is red: the first deadline that passes unkept, for ever once one has; null: none can.</summary>
    public DateTimeOffset? RedFrom => AckBreachedAt ?? OverdueSince ?? MissedAt ?? NextTimer(null)?.At;

    /// <summary>From here on the light is blue: 24 h before due, or the last quarter of the time given, whichever is earlier.</summary>
    public DateTimeOffset? WarnAt =>
        DueAt is { } due && IssuedAt is { } issued
            ? due - TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerDay, (due - issued).Ticks / 4))
            : null;

    /// <summary>
    /// Since when it stands in the overdue list: open past its due or unacknowledged past its time, and missed until filed;
    /// null when it does not.
    /// </summary>
    public DateTimeOffset? LateSince => State switch
    {
        TaskState.Missed => OverdueSince ?? MissedAt,
        _ when !State.IsOpen() => null,
        TaskState.PendingAck when AckBreachedAt is { } breached && !(OverdueSince < breached) => breached,
        _ => OverdueSince,
    };

    /// <summary>The earliest timer of this task; null when nothing is going to happen by itself.</summary>
    public TaskTimer? NextTimer(EscalationLadder? ladder)
    {
        TaskTimer? next = null;
        foreach (var timer in Timers(ladder))
        {
            next = next is null || timer.At < next.At ? timer : next;
        }

        return next;
    }

    /// <summary>Notes every deadline that has passed and fires every rung that is due, in order of their time.</summary>
    /// <returns>Number of events recorded; 0 when the state no longer calls for any.</returns>
    public int FireTimers(EscalationLadder? ladder, DateTimeOffset now)
    {
        var before = _recorded.Count;
        while (NextTimer(ladder) is { } timer && timer.At <= now)
        {
            if (timer.Kind is "ack" or "due" or "missed")
            {
                Note(timer, now);
            }
            else
            {
                Fire(ladder!, timer.At, now);
            }
        }

        return _recorded.Count - before;
    }

    /// <summary>The cut-off has passed and nothing left the unit, noted or not.</summary>
    public bool IsMissingAt(DateTimeOffset now) => LeftUnitAt is null && (MissedAt is not null || CutOff <= now);

    private bool DueRuns => TaskStates.WithUnit.Contains(State);

    /// <summary>A request made in time holds breach and rungs until it is decided.</summary>
    private bool Held => PendingExtension is not null;

    /// <summary>A task is missed once: filed late, it goes on to signature and rework like any other.</summary>
    private DateTimeOffset? CutOff => MissedAt is null && TaskStates.CanBeMissed.Contains(State) && !Held ? MissedBy : null;

    private Actor Clock => Actor.Scheduler(Jurisdiction);

    /// <summary>The state once every deadline that has passed is noted.</summary>
    private TaskState StateAt(DateTimeOffset now) => CutOff <= now ? TaskState.Missed : State;

    private void NotePassedDeadlines(DateTimeOffset now)
    {
        while (NextTimer(null) is { } timer && timer.At <= now)
        {
            Note(timer, now);
        }
    }

    /// <summary>Breaches before rungs of the same moment: what escalates is a breach that is already noted.</summary>
    private IEnumerable<TaskTimer> Timers(EscalationLadder? ladder)
    {
        if (State is TaskState.PendingAck && AckBreachedAt is null)
        {
            yield return new TaskTimer(AckBy!.Value, "ack");
        }

        if (!DueRuns || Held)
        {
            yield break;
        }

        if (OverdueSince is null)
        {
            yield return new TaskTimer(DueAt!.Value, "due");
        }

        if (CutOff is { } cutOff)
        {
            yield return new TaskTimer(cutOff, "missed");
        }

        foreach (var rung in ladder?.Rungs ?? [])
        {
            if (NextOf(rung) is { } next)
            {
                yield return new TaskTimer(next.Moment, rung.Name);
            }
        }
    }

    /// <summary>The first moment of a rung that has not fired and still counts.</summary>
    private (DateTimeOffset Moment, int Round)? NextOf(Rung rung)
    {
        var anchor = rung.Anchor switch
        {
            RungAnchor.Due => DueAt,
            RungAnchor.Acknowledge when State is TaskState.PendingAck => AckBy,
            _ => null,
        };
        return anchor is { } from && RungsFrom is { } after ? rung.NextAfter(from, after) : null;
    }

    private void Note(TaskTimer timer, DateTimeOffset now)
    {
        switch (timer.Kind)
        {
            case "ack":
                Append("ack-breach", new AckBreached(timer.At, now), Clock);
                break;
            case "due":
                Append("overdue", new BecameOverdue(timer.At, now), Clock);
                break;
            default:
                Append("miss", new WasMissed(timer.At, now), Clock);
                break;
        }
    }

    /// <summary>
    /// Fires all rungs of one moment. While a task stands returned, the next move is the office's, so they go there.
    /// </summary>
    private void Fire(EscalationLadder ladder, DateTimeOffset moment, DateTimeOffset now)
    {
        foreach (var (rung, round) in ladder.Rungs.Select(rung => (rung, Next: NextOf(rung))).Where(one => one.Next?.Moment == moment).Select(one => (one.rung, one.Next!.Value.Round)).ToList())
        {
            var to = State is TaskState.Returned ? RungRecipient.Office : rung.To;
            Append("escalate", new Escalated(rung.Name, rung.Level, moment, UnitOf(to), "inbox", now) { To = to, Kind = rung.Kind, Round = round > 0 ? round : null }, Clock);
        }
    }

    private string UnitOf(RungRecipient to) => to switch
    {
        RungRecipient.Unit or RungRecipient.Head => LeadUnit,
        RungRecipient.Office => Actor.OfficeUnit,
        _ => Actor.LeadingGroup,
    };
}
