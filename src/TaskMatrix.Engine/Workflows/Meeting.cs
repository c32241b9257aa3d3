using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using static TaskMatrix.Engine.Workflows.Guards;

namespace TaskMatrix.Engine.Workflows;

public enum MeetingState
{
    /// <summary>已提议</summary>
    Proposed,

    /// <summary>已召集</summary>
    Called,

    /// <summary>已召开: minutes are kept, decisions are carried out.</summary>
    Held,

    /// <summary>已办结</summary>
    Closed,

    /// <summary>未采纳</summary>
    Declined,

    /// <summary>已取消</summary>
    Cancelled,
}

/// <summary>A unit asked to a meeting, and its newest answer.</summary>
/// <param name="Attending">Null: no answer yet.</param>
/// <param name="Attendee">Who comes, by post.</param>
public sealed record Invitee(string Unit, bool? Attending = null, string? Attendee = null, string? Text = null, DateTimeOffset? AnsweredAt = null);

/// <summary>A decision of the minutes and the task it became.</summary>
public sealed record MeetingDecision(string Text, Guid TaskId);

/// <summary>Time and place that a meeting was moved away from, and why.</summary>
/// <param name="By">Post.</param>
public sealed record MeetingMove(DateTimeOffset StartsAt, string Place, string Reason, string By, DateTimeOffset At);

/// <summary>A wording of the minutes. None is ever edited; the newest counts.</summary>
/// <param name="Reason">Why it stands beside the one before; null of the first.</param>
/// <param name="By">Post; null of minutes that were kept before it was noted.</param>
public sealed record MinutesVersion(string Text, IReadOnlyList<string> Attendees, string? Reason, string? By, DateTimeOffset At);

/// <summary>What a meeting is proposed with.</summary>
public sealed record MeetingProposal(Guid Id, string Jurisdiction, string Number, string Title, string Agenda, DateTimeOffset? WishedAt);

/// <summary>协调会议: any unit proposes, the office calls, invitees answer, minutes are kept, each decision becomes a task.</summary>
public sealed class Meeting
{
    private Meeting()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>The id as its tasks name it.</summary>
    public string Key { get; private set; } = "";

    public string Jurisdiction { get; private set; } = "";

    /// <summary>会议-2020-0001, by jurisdiction and year.</summary>
    public string Number { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string Agenda { get; private set; } = "";

    public string ProposedBy { get; private set; } = "";

    public string ProposedByUnit { get; private set; } = "";

    public DateTimeOffset ProposedAt { get; private set; }

    public DateTimeOffset? WishedAt { get; private set; }

    public MeetingState State { get; private set; }

    public DateTimeOffset? CalledAt { get; private set; }

    public DateTimeOffset? StartsAt { get; private set; }

    public string? Place { get; private set; }

    public IReadOnlyList<Invitee> Invitees { get; private set; } = [];

    /// <summary>Every unit that has a part in it, each between bars, for the lists of units.</summary>
    public string Units { get; private set; } = "|";

    /// <summary>The event it was called as; null until then.</summary>
    public Guid? EventId { get; private set; }

    /// <summary>Why it was declined or cancelled.</summary>
    public string? Reason { get; private set; }

    /// <summary>改期、改址, the oldest first.</summary>
    public IReadOnlyList<MeetingMove> Moves { get; private set; } = [];

    /// <summary>The first wording; <see cref="Wordings"/> are all of them.</summary>
    public string? Minutes { get; private set; }

    /// <summary>Units that came, by the first wording.</summary>
    public IReadOnlyList<string> Attendees { get; private set; } = [];

    /// <summary>Post of who kept the minutes first.</summary>
    public string? MinutesBy { get; private set; }

    /// <summary>Wordings that were put beside the first one, the oldest first.</summary>
    public IReadOnlyList<MinutesVersion> Amendments { get; private set; } = [];

    /// <summary>Every wording of the minutes; the last counts.</summary>
    public IReadOnlyList<MinutesVersion> Wordings =>
        Minutes is null ? [] : [new MinutesVersion(Minutes, Attendees, null, MinutesBy, HeldAt!.Value), .. Amendments];

    public IReadOnlyList<string> AttachmentIds { get; private set; } = [];

    public IReadOnlyList<MeetingDecision> Decisions { get; private set; } = [];

    public DateTimeOffset? HeldAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>可由各部门提出: any unit, and the office.</summary>
    public static bool MayPropose(Actor actor) => actor.Is(Role.Liaison) || actor.Is(Role.Head) || actor.Is(Role.Office);

    /// <exception cref="RuleBrokenException">meeting.not-allowed (403) · meeting.in-past (400)</exception>
    public static Meeting Propose(MeetingProposal proposal, Actor actor, DateTimeOffset now)
    {
        Allow(MayPropose(actor) && actor.Jurisdiction == proposal.Jurisdiction, "meeting.not-allowed");
        Valid(proposal.WishedAt is null || proposal.WishedAt > now, "meeting.in-past");
        return new Meeting
        {
            Id = proposal.Id, Key = proposal.Id.ToString(), Jurisdiction = proposal.Jurisdiction, Number = proposal.Number,
            Title = proposal.Title, Agenda = proposal.Agenda, ProposedBy = actor.Post, ProposedByUnit = actor.Unit, ProposedAt = now,
            WishedAt = proposal.WishedAt, Units = $"|{actor.Unit}|", Version = 1,
        };
    }

    /// <summary>召集: at least one unit is asked.</summary>
    /// <exception cref="RuleBrokenException">meeting.not-allowed (403) · meeting.wrong-state (409) · meeting.in-past, meeting.no-invitees (400)</exception>
    public void Call(Actor actor, DateTimeOffset startsAt, string place, IReadOnlyList<string> units, Guid eventId, DateTimeOffset now)
    {
        Guard(MeetingActions.Call, actor);
        Valid(startsAt > now, "meeting.in-past");
        Valid(units.Count > 0, "meeting.no-invitees");
        (State, CalledAt, StartsAt, Place, EventId) = (MeetingState.Called, now, startsAt, place, eventId);
        Invitees = [.. units.Distinct().Select(unit => new Invitee(unit))];
        Involve(units);
    }

    /// <summary>改期、改址 of a meeting that was called. At another time the units have to answer anew.</summary>
    /// <param name="startsAt">Null: as it is.</param>
    /// <param name="place">Null: as it is.</param>
    /// <exception cref="RuleBrokenException">meeting.not-allowed (403) · meeting.wrong-state, meeting.not-moved (409) · meeting.in-past (400)</exception>
    public void Move(Actor actor, DateTimeOffset? startsAt, string? place, string reason, DateTimeOffset now)
    {
        Guard(MeetingActions.Move, actor);
        var (starts, where, before) = (startsAt ?? StartsAt!.Value, place ?? Place!, new MeetingMove(StartsAt!.Value, Place!, reason, actor.Post, now));
        Valid(starts > now, "meeting.in-past");
        Require(starts != StartsAt || where != Place, "meeting.not-moved");
        Invitees = starts == StartsAt ? Invitees : [.. Invitees.Select(invitee => new Invitee(invitee.Unit))];
        (StartsAt, Place, Moves) = (starts, where, [.. Moves, before]);
        Version++;
    }

    /// <summary>不采纳 a proposal.</summary>
    /// <exception cref="RuleBrokenException">meeting.not-allowed (403) · meeting.wrong-state (409)</exception>
    public void Decline(Actor actor, string reason)
    {
        Guard(MeetingActions.Decline, actor);
        (State, Reason) = (MeetingState.Declined, reason);
        Version++;
    }

    /// <summary>取消 by the office; while only proposed, by the unit that proposed it too.</summary>
    /// <exception cref="RuleBrokenException">meeting.not-allowed (403) · meeting.wrong-state (409)</exception>
    public void Cancel(Actor actor, string reason)
    {
        Guard(MeetingActions.Cancel, actor);
        (State, Reason) = (MeetingState.Cancelled, reason);
        Version++;
    }

    /// <summary>An invited unit answers; a later answer stands in place of an earlier one.</summary>
    /// <returns>The unit that answered.</returns>
    /// <exception cref="RuleBrokenException">meeting.not-invited (403) · meeting.wrong-state (409)</exception>
    public string Confirm(Actor actor, bool attending, string? attendee, string? text, DateTimeOffset now)
    {
        Guard(MeetingActions.Confirm, actor);
        var unit = Invitees.First(invitee => actor.ReadsFor(invitee.Unit)).Unit;
        Invitees = [.. Invitees.Select(invitee => invitee.Unit == unit ? new Invitee(unit, attending, attendee, text, now) : invitee)];
        Version++;
        return unit;
    }

    /// <summary>Before the decisions become tasks.</summary>
    /// <exception cref="RuleBrokenException">meeting.not-allowed (403) · meeting.wrong-state, meeting.not-begun (409)</exception>
    public void RequireHeld(Actor actor, DateTimeOffset now)
    {
        Guard(MeetingActions.Minutes, actor);
        Require(now >= StartsAt, "meeting.not-begun", StartsAt!);
    }

    /// <summary>纪要: the decisions have become tasks; without any it is closed at once.</summary>
    /// <exception cref="RuleBrokenException">meeting.not-allowed (403) · meeting.wrong-state, meeting.not-begun (409)</exception>
    public void KeepMinutes(
        Actor actor, string text, IReadOnlyList<string> attendees, IReadOnlyList<string> attachmentIds, IReadOnlyList<MeetingDecision> decisions, DateTimeOffset now)
    {
        RequireHeld(actor, now);
        (State, Minutes, Attendees, AttachmentIds, Decisions, HeldAt, MinutesBy) =
            (MeetingState.Held, text, [.. attendees.Distinct()], attachmentIds, decisions, now, actor.Post);
        Involve(attendees);
        if (decisions.Count == 0)
        {
            (State, ClosedAt) = (MeetingState.Closed, now);
        }
    }

    /// <summary>更正纪要: a new wording beside the old one. Decisions are tasks by now, and those stay as they are.</summary>
    /// <exception cref="RuleBrokenException">meeting.not-allowed (403) · meeting.wrong-state (409)</exception>
    public void Amend(Actor actor, string text, IReadOnlyList<string> attendees, string reason, DateTimeOffset now)
    {
        Guard(MeetingActions.Amend, actor);
        Amendments = [.. Amendments, new MinutesVersion(text, [.. attendees.Distinct()], reason, actor.Post, now)];
        Involve(attendees);
    }

    /// <summary>A task of a decision has moved: the meeting closes with the last, and opens with one that is reopened.</summary>
    /// <returns>Whether it closed or opened.</returns>
    public bool TasksMoved(FollowUp tasks, DateTimeOffset now)
    {
        var before = State;
        if (State is MeetingState.Held && tasks.AllEnded)
        {
            (State, ClosedAt) = (MeetingState.Closed, now);
        }
        else if (State is MeetingState.Closed && tasks.Open > 0)
        {
            (State, ClosedAt) = (MeetingState.Held, null);
        }

        Version += State == before ? 0 : 1;
        return State != before;
    }

    /// <summary>Those who oversee, the unit that proposed it, the invited and those that came.</summary>
    public bool VisibleTo(Actor actor) =>
        actor.Jurisdiction == Jurisdiction
        && (actor.Oversees || ((actor.Is(Role.Liaison) || actor.Is(Role.Head)) && Units.Contains($"|{actor.Unit}|", StringComparison.Ordinal)));

    public IReadOnlyList<string> AllowedActions(Actor actor, DateTimeOffset now) =>
    [
        .. MeetingActions.Rules.Where(rule => actor.Jurisdiction == Jurisdiction && rule.Allows(this, actor) && rule.From.Contains(State)
            && (rule.Action != MeetingActions.Minutes || now >= StartsAt)).Select(rule => rule.Action),
    ];

    private void Involve(IEnumerable<string> units)
    {
        Units = $"|{string.Join('|', Units.Split('|', StringSplitOptions.RemoveEmptyEntries).Union(units))}|";
        Version++;
    }

    private void Guard(string action, Actor actor)
    {
        var rule = MeetingActions.Rules.First(rule => rule.Action == action);
        Allow(actor.Jurisdiction == Jurisdiction && rule.Allows(this, actor), rule.Refusal);
        Require(rule.From.Contains(State), "meeting.wrong-state");
    }
}
