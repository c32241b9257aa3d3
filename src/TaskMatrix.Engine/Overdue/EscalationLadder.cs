using TaskMatrix.Engine.Notifications;

namespace TaskMatrix.Engine.Overdue;

/// <summary>Which deadline a rung is reckoned from.</summary>
public enum RungAnchor
{
    Due,
    Acknowledge,
}

/// <summary>Who a rung speaks to. While a task stands returned, the next move is the office's, so every rung goes there.</summary>
public enum RungRecipient
{
    /// <summary>Liaison and head of the lead unit.</summary>
    Unit,

    /// <summary>The head in charge of the lead unit alone.</summary>
    Head,
    Office,
    Leader,
    Inspector,
}

/// <summary>What a rung does besides raising the level.</summary>
public enum RungKind
{
    /// <summary>提醒.</summary>
    Remind,

    /// <summary>催办.</summary>
    Urge,

    /// <summary>报领导.</summary>
    NotifyLeader,

    /// <summary>督办单: asks the unit for an explanation; opens an inspection where none stands.</summary>
    SupervisionOrder,

    /// <summary>立案督查.</summary>
    OpenInspection,
}

/// <summary>A rung fires again while nothing is done about the task.</summary>
/// <param name="Every">Natural time between two firings, at least one minute.</param>
/// <param name="Times">Firings after the first, 1 to 99.</param>
public sealed record RungRepeat(TimeSpan Every, int Times)
{
    public static readonly TimeSpan Least = TimeSpan.FromMinutes(1);

    public const int MostTimes = 99;
}

/// <summary>One step of an escalation.</summary>
/// <param name="Offset">Natural time from the anchor; negative is before it.</param>
/// <param name="Level">Escalation level it raises a breached task to; 0 for a reminder.</param>
public sealed record Rung(string Name, RungAnchor Anchor, TimeSpan Offset, int Level, RungRecipient To)
{
    /// <summary>Where a ladder does not say: reminding at level 0, telling the leader where it speaks to the leader, else urging.</summary>
    public RungKind Kind { get; init; } = DefaultKind(Level, To);

    /// <summary>Null: it fires once.</summary>
    public RungRepeat? Repeat { get; init; }

    public static RungKind DefaultKind(int level, RungRecipient to) =>
        to is RungRecipient.Leader ? RungKind.NotifyLeader : level == 0 ? RungKind.Remind : RungKind.Urge;

    /// <summary>Its first moment after another, reckoned from its anchor; null when it has none left.</summary>
    /// <param name="anchor">The deadline it counts from.</param>
    /// <param name="after">Moments up to this one have fired or no longer count.</param>
    public (DateTimeOffset Moment, int Round)? NextAfter(DateTimeOffset anchor, DateTimeOffset after)
    {
        var first = anchor + Offset;
        if (first > after)
        {
            return (first, 0);
        }

        if (Repeat is not { } repeat)
        {
            return null;
        }

        var round = (after - first).Ticks / repeat.Every.Ticks + 1;
        return round <= repeat.Times ? (first + repeat.Every * round, (int)round) : null;
    }
}

/// <summary>What happens, and when, around a deadline that nobody keeps.</summary>
/// <param name="Rungs">Names are unique; two rungs of one anchor begin at different moments.</param>
public sealed record EscalationLadder(string Id, string Name, string English, IReadOnlyList<Rung> Rungs)
{
    /// <summary>Local hours in which what its rungs say waits; the breach and the level never do. Null: none.</summary>
    public QuietHours? Quiet { get; init; }
}
