using TaskMatrix.Engine.Organisations;
using static TaskMatrix.Engine.Workflows.MeetingState;

namespace TaskMatrix.Engine.Workflows;

/// <summary>One row of the table of a meeting: who may do what from which states.</summary>
/// <param name="Refusal">Code for somebody who may not (403).</param>
public sealed record MeetingRule(string Action, Func<Meeting, Actor, bool> Allows, string Refusal, IReadOnlyList<MeetingState> From);

/// <summary>The table of a meeting; guards and allowed actions both read it.</summary>
public static class MeetingActions
{
    public const string Call = "call", Decline = "decline", Cancel = "cancel", Confirm = "confirm", Minutes = "minutes",
        Move = "move", Amend = "amend";

    public static readonly IReadOnlyList<MeetingRule> Rules =
    [
        new(Call, IsOffice, "meeting.not-allowed", [Proposed]),
        new(Decline, IsOffice, "meeting.not-allowed", [Proposed]),
        new(Cancel, MayCancel, "meeting.not-allowed", [Proposed, Called]),
        new(Confirm, (meeting, actor) => meeting.Invitees.Any(invitee => actor.ReadsFor(invitee.Unit)), "meeting.not-invited", [Called]),
        new(Minutes, IsOffice, "meeting.not-allowed", [Called]),
        new(Move, IsOffice, "meeting.not-allowed", [Called]),
        new(Amend, IsOffice, "meeting.not-allowed", [Held, Closed]),
    ];

    private static bool IsOffice(Meeting meeting, Actor actor) => actor.Is(Role.Office);

    private static bool MayCancel(Meeting meeting, Actor actor) =>
        actor.Is(Role.Office) || (meeting.State is Proposed && actor.ActsFor(meeting.ProposedByUnit));
}
