namespace TaskMatrix.Engine.Overdue;

/// <summary>Which deadline a rung is reckoned from.</summary>
public enum RungAnchor
{
    Due,
    Acknowledge,
}

/// <summary>Who a rung speaks to; both also stand in the office's list.</summary>
public enum RungRecipient
{
    Unit,
    Leader,
}

/// <summary>One step of an escalation.</summary>
/// <param name="Offset">Natural time from the anchor; negative is before it.</param>
/// <param name="Level">Escalation level it raises a breached task to; 0 for a reminder.</param>
public sealed record Rung(string Name, RungAnchor Anchor, TimeSpan Offset, int Level, RungRecipient To);

/// <summary>What happens, and when, around a deadline that nobody keeps.</summary>
/// <param name="Rungs">Names are unique; two rungs of one anchor stand at different moments.</param>
public sealed record EscalationLadder(string Id, string Name, string English, IReadOnlyList<Rung> Rungs);
