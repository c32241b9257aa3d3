using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;
using TaskMatrix.Engine.Tests.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.Engine.Tests.Workflows;

/// <summary>协调会议: every action in every state. The table is written from the task, not read from the code.</summary>
public sealed class MeetingTests
{
    /// <summary>Where an action by somebody who may leads; a dot is a refusal.</summary>
    private const string Table = """
        action   Proposed  Called    Held Closed Declined Cancelled
        call     Called    .         .    .      .        .
        decline  Declined  .         .    .      .        .
        cancel   Cancelled Cancelled .    .      .        .
        confirm  .         Called    .    .      .        .
        minutes  .         Held      .    .      .        .
        move     .         Called    .    .      .        .
        amend    .         .         Held Closed .        .
        """;

    private static readonly DateTimeOffset Starts = Tasks.Now.AddDays(1), After = Starts.AddHours(2);

    private static readonly MeetingProposal Proposal = new(Guid.NewGuid(), "taiping", "会议-2020-0001", "会商研判", "研判疫情", null);

    private static readonly MeetingDecision[] One = [new("加强排查", Guid.NewGuid())];

    public static TheoryData<string, MeetingState, string> Cells()
    {
        var lines = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var cells = new TheoryData<string, MeetingState, string>();
        foreach (var line in lines.Skip(1))
        {
            for (var column = 1; column < line.Length; column++)
            {
                cells.Add(line[0], Enum.Parse<MeetingState>(lines[0][column]), line[column]);
            }
        }

        return cells;
    }

    [Theory, MemberData(nameof(Cells))]
    public void An_action_leads_where_the_table_says_or_is_refused(string action, MeetingState from, string to)
    {
        var meeting = In(from);
        if (to == ".")
        {
            // Nobody is invited yet to what is only proposed, so who asks is answered before the state.
            var unasked = action == MeetingActions.Confirm && from is MeetingState.Proposed or MeetingState.Declined;
            var (kind, code) = unasked ? (RuleKind.Forbidden, "meeting.not-invited") : (RuleKind.Conflict, "meeting.wrong-state");
            Refused(meeting, kind, code, () => Do(meeting, action, Doer(action)));
            return;
        }

        Assert.Contains(action, meeting.AllowedActions(Doer(action), After));
        Do(meeting, action, Doer(action));
        Assert.Equal(Enum.Parse<MeetingState>(to), meeting.State);
    }

    [Theory, MemberData(nameof(Cells))]
    public void Whoever_may_not_is_told_so_in_every_state(string action, MeetingState from, string to)
    {
        foreach (var actor in People.Everyone.Values.Append(People.ForeignOffice).Where(actor => !May(action, from, actor)))
        {
            var meeting = In(from);
            Refused(meeting, RuleKind.Forbidden, action == MeetingActions.Confirm ? "meeting.not-invited" : "meeting.not-allowed", () => Do(meeting, action, actor));
            Assert.DoesNotContain(action, meeting.AllowedActions(actor, After));
        }

        Assert.NotEmpty(to);
    }

    [Fact]
    public void The_table_names_every_action_and_every_state()
    {
        Assert.Equal(MeetingActions.Rules.Select(rule => rule.Action), Cells().Select(cell => (string)cell[0]).Distinct());
        Assert.Equal(Enum.GetValues<MeetingState>(), Cells().Select(cell => (MeetingState)cell[1]).Distinct());
    }

    [Fact]
    public void Any_unit_and_the_office_propose_and_nobody_else()
    {
        foreach (var actor in People.Everyone.Values.Where(actor => actor.Jurisdiction == "taiping"))
        {
            if (actor.Is(Role.Liaison) || actor.Is(Role.Head) || actor.Is(Role.Office))
            {
                Assert.Equal(actor.Unit, Meeting.Propose(Proposal, actor, Tasks.Now).ProposedByUnit);
            }
            else
            {
                Assert.Equal("meeting.not-allowed", Assert.Throws<RuleBrokenException>(() => Meeting.Propose(Proposal, actor, Tasks.Now)).Code);
            }
        }
    }

    [Fact]
    public void Neither_wished_for_nor_called_in_the_past_nor_without_anybody()
    {
        Assert.Equal("meeting.in-past", Assert.Throws<RuleBrokenException>(() => Meeting.Propose(Proposal with { WishedAt = Tasks.Now }, People.Liaison, Tasks.Now)).Code);
        var meeting = In(MeetingState.Proposed);
        Refused(meeting, RuleKind.Invalid, "meeting.in-past", () => meeting.Call(People.Office, Tasks.Now, "会议室", ["health"], Guid.NewGuid(), Tasks.Now));
        Refused(meeting, RuleKind.Invalid, "meeting.no-invitees", () => meeting.Call(People.Office, Starts, "会议室", [], Guid.NewGuid(), Tasks.Now));
    }

    [Fact]
    public void Minutes_wait_until_it_has_begun()
    {
        var meeting = In(MeetingState.Called);
        Assert.DoesNotContain(MeetingActions.Minutes, meeting.AllowedActions(People.Office, Starts.AddSeconds(-1)));
        Refused(meeting, RuleKind.Conflict, "meeting.not-begun", () => meeting.KeepMinutes(People.Office, "纪要", [], [], [], Starts.AddSeconds(-1)));

        meeting.KeepMinutes(People.Office, "纪要", [], [], [], Starts);
        Assert.Equal((MeetingState.Closed, Starts), (meeting.State, meeting.ClosedAt));
    }

    [Fact]
    public void A_later_answer_stands_in_place_of_an_earlier_one()
    {
        var meeting = In(MeetingState.Called);
        meeting.Confirm(People.CoLiaison, false, null, "出差", Tasks.Now);
        meeting.Confirm(People.CoHead, true, "局长", null, Tasks.Now.AddHours(1));

        Assert.Equal(new Invitee("health", true, "局长", null, Tasks.Now.AddHours(1)), meeting.Invitees.Single(invitee => invitee.Unit == "health"));
        Assert.Null(meeting.Invitees.Single(invitee => invitee.Unit == "education").Attending);
    }

    [Fact]
    public void At_another_time_the_units_answer_anew_and_at_another_place_they_need_not()
    {
        var meeting = In(MeetingState.Called);
        meeting.Confirm(People.CoLiaison, true, "局长", null, Tasks.Now);

        meeting.Move(People.Office, null, "四楼", "会议室占用", Tasks.Now);
        Assert.True(meeting.Invitees.Single(invitee => invitee.Unit == "health").Attending);
        meeting.Move(People.Office, Starts.AddHours(1), null, "领导外出", Tasks.Now);

        Assert.All(meeting.Invitees, invitee => Assert.Null(invitee.Attending));
        Assert.Equal((Starts.AddHours(1), "四楼"), (meeting.StartsAt, meeting.Place));
        Assert.Equal([(Starts, "会议室", "会议室占用"), (Starts, "四楼", "领导外出")], meeting.Moves.Select(move => (move.StartsAt, move.Place, move.Reason)));
        Refused(meeting, RuleKind.Conflict, "meeting.not-moved", () => meeting.Move(People.Office, Starts.AddHours(1), "四楼", "再次", Tasks.Now));
        Refused(meeting, RuleKind.Invalid, "meeting.in-past", () => meeting.Move(People.Office, Tasks.Now, null, "提前", Tasks.Now));
    }

    [Fact]
    public void Minutes_are_amended_beside_what_was_kept()
    {
        var meeting = In(MeetingState.Held);

        meeting.Amend(People.Office, "更正后的纪要", ["education", "health"], "漏记一家", After.AddHours(1));

        Assert.Equal(("纪要", "health"), (meeting.Minutes, string.Join('|', meeting.Attendees)));
        Assert.Equal([("纪要", null), ("更正后的纪要", "漏记一家")], meeting.Wordings.Select(wording => (wording.Text, wording.Reason)));
        Assert.Equal([People.Office.Post, People.Office.Post], meeting.Wordings.Select(wording => wording.By));
        Assert.Contains("|education|", meeting.Units, StringComparison.Ordinal);
    }

    [Fact]
    public void Closes_with_the_last_task_of_its_decisions_and_opens_with_one_that_is_reopened()
    {
        var meeting = In(MeetingState.Held);
        Assert.False(meeting.TasksMoved(FollowUp.Of([TaskState.InProgress, TaskState.Closed]), After));
        Assert.True(meeting.TasksMoved(FollowUp.Of([TaskState.Terminated, TaskState.Closed]), After));
        Assert.Equal((MeetingState.Closed, After), (meeting.State, meeting.ClosedAt));
        Assert.True(meeting.TasksMoved(FollowUp.Of([TaskState.Terminated, TaskState.InProgress]), After));
        Assert.Equal((MeetingState.Held, null), (meeting.State, meeting.ClosedAt));
        Assert.False(In(MeetingState.Called).TasksMoved(FollowUp.Of([TaskState.Closed]), After));
    }

    [Fact]
    public void Is_seen_by_those_who_oversee_who_proposed_it_and_who_was_asked()
    {
        Assert.True(In(MeetingState.Proposed).VisibleTo(People.Liaison));
        Assert.False(In(MeetingState.Proposed).VisibleTo(People.CoLiaison));
        Assert.True(In(MeetingState.Called).VisibleTo(People.CoLiaison));
        Assert.False(In(MeetingState.Called).VisibleTo(People.OtherHead));
        Assert.True(In(MeetingState.Held).VisibleTo(People.Inspector));
        Assert.False(In(MeetingState.Held).VisibleTo(People.ForeignOffice));
        Assert.False(In(MeetingState.Held).VisibleTo(People.SystemAdministrator));
    }

    private static bool May(string action, MeetingState from, Actor actor) => actor.Jurisdiction == "taiping" && action switch
    {
        MeetingActions.Confirm => from is not (MeetingState.Proposed or MeetingState.Declined) && actor.Unit is "health" or "education" && (actor.Is(Role.Liaison) || actor.Is(Role.Head)),
        MeetingActions.Cancel => actor.Is(Role.Office) || (from is MeetingState.Proposed && actor.Unit == "education" && (actor.Is(Role.Liaison) || actor.Is(Role.Head))),
        _ => actor.Is(Role.Office),
    };

    private static Actor Doer(string action) => action == MeetingActions.Confirm ? People.CoLiaison : People.Office;

    private static void Do(Meeting meeting, string action, Actor actor)
    {
        switch (action)
        {
            case MeetingActions.Call: meeting.Call(actor, Starts, "会议室", ["education", "health"], Guid.NewGuid(), Tasks.Now); break;
            case MeetingActions.Decline: meeting.Decline(actor, "改为书面会商"); break;
            case MeetingActions.Cancel: meeting.Cancel(actor, "改期"); break;
            case MeetingActions.Confirm: meeting.Confirm(actor, true, "联络员", null, Tasks.Now); break;
            case MeetingActions.Move: meeting.Move(actor, After.AddDays(1), null, "改期", Tasks.Now); break;
            case MeetingActions.Amend: meeting.Amend(actor, "更正后的纪要", ["education", "health"], "漏记一家", After); break;
            default: meeting.KeepMinutes(actor, "纪要", ["health"], [], One, After); break;
        }
    }

    private static Meeting In(MeetingState state)
    {
        var meeting = Meeting.Propose(Proposal, People.Liaison, Tasks.Now);
        string[] path = state switch
        {
            MeetingState.Proposed => [],
            MeetingState.Declined => [MeetingActions.Decline],
            MeetingState.Called => [MeetingActions.Call],
            MeetingState.Cancelled => [MeetingActions.Call, MeetingActions.Cancel],
            _ => [MeetingActions.Call, MeetingActions.Minutes],
        };
        path.ToList().ForEach(action => Do(meeting, action, People.Office));
        if (state is MeetingState.Closed)
        {
            meeting.TasksMoved(FollowUp.Of([TaskState.Closed]), After);
        }

        Assert.Equal(state, meeting.State);
        return meeting;
    }

    private static void Refused(Meeting meeting, RuleKind kind, string code, Action attempt)
    {
        var (state, version) = (meeting.State, meeting.Version);
        var broken = Assert.Throws<RuleBrokenException>(attempt);
        Assert.Equal((kind, code), (broken.Kind, broken.Code));
        Assert.Equal((state, version), (meeting.State, meeting.Version));
    }
}
