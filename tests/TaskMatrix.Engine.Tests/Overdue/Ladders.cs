using TaskMatrix.Engine.Overdue;

namespace TaskMatrix.Engine.Tests.Overdue;

internal static class Ladders
{
    /// <summary>The standard ladder: remind 4 h before due, urge at due, the leader a day after.</summary>
    public static readonly EscalationLadder Standard = new("standard", "标准", "Standard",
    [
        new Rung("remind", RungAnchor.Due, TimeSpan.FromHours(-4), 0, RungRecipient.Unit),
        new Rung("urge", RungAnchor.Due, TimeSpan.Zero, 1, RungRecipient.Unit),
        new Rung("leader", RungAnchor.Due, TimeSpan.FromDays(1), 2, RungRecipient.Leader),
    ]);

    /// <summary>Also watches the time to acknowledge.</summary>
    public static readonly EscalationLadder Strict = new("strict", "严格", "Strict",
    [
        new Rung("ack-urge", RungAnchor.Acknowledge, TimeSpan.Zero, 1, RungRecipient.Unit),
        new Rung("ack-leader", RungAnchor.Acknowledge, TimeSpan.FromHours(2), 2, RungRecipient.Leader),
        .. Standard.Rungs,
    ]);
}
