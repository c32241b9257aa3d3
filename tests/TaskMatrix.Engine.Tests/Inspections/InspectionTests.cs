using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;

namespace TaskMatrix.Engine.Tests.Inspections;

/// <summary>督查: every step in every state by everybody. The table is written from the task, not read from the code.</summary>
public sealed class InspectionTests
{
    /// <summary>Where a step by somebody who may leads, with something substantiated; a dot is a refusal for the state.</summary>
    private const string Table = """
        action                Open    Ordered   Explained Found      Rectifying Rechecked Closed
        issue-order           Ordered Ordered   Ordered   .          .          .         .
        explain               .       Explained Explained .          .          .         .
        find                  .       Found     Found     .          .          .         .
        require-rectification .       .         .         Rectifying Rectifying .         .
        recheck               .       .         .         .          Rechecked  .         .
        propose               .       .         .         Found      Rectifying Rechecked .
        decide-measure        .       .         .         Found      Rectifying Rechecked Closed
        close                 .       .         .         !          .          Closed    .
        """;

    public static TheoryData<string, InspectionState, string> Cells()
    {
        var lines = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var cells = new TheoryData<string, InspectionState, string>();
        foreach (var line in lines.Skip(1))
        {
            for (var column = 1; column < line.Length; column++)
            {
                cells.Add(line[0], Enum.Parse<InspectionState>(lines[0][column]), line[column]);
            }
        }

        return cells;
    }

    [Theory, MemberData(nameof(Cells))]
    public void A_step_leads_where_the_table_says_or_is_refused(string action, InspectionState from, string to)
    {
        var inspection = Cases.In(from, proposed: action == InspectionActions.DecideMeasure);
        var doer = Cases.Doer(action);
        if (to is "." or "!")
        {
            Cases.Refused(inspection, RuleKind.Conflict, to == "!" ? "inspection.rectification-required" : "inspection.wrong-state", () => Cases.Do(inspection, action, doer));
            Assert.DoesNotContain(action, inspection.AllowedActions(doer, Cases.Ended, Cases.Later));
            return;
        }

        Assert.Contains(action, inspection.AllowedActions(doer, Cases.Ended, Cases.Later));
        Cases.Do(inspection, action, doer);
        Assert.Equal(Enum.Parse<InspectionState>(to), inspection.State);
        Assert.Equal(from, inspection.Recorded[^1].From);
    }

    [Theory, MemberData(nameof(Cells))]
    public void Whoever_may_not_is_told_so_in_every_state(string action, InspectionState from, string to)
    {
        foreach (var (name, actor) in People.Everyone.Where(person => !May(action, person.Value, from)))
        {
            var inspection = Cases.In(from, proposed: true);
            Cases.Refused(inspection, RuleKind.Forbidden, "inspection.not-allowed", () => Cases.Do(inspection, action, actor));
            Assert.False(inspection.AllowedActions(actor, Cases.Ended, Cases.Later).Contains(action), name);
        }

        Assert.NotEmpty(to);
    }

    [Fact]
    public void The_table_names_every_action_and_every_state()
    {
        Assert.Equal(InspectionActions.Rules.Select(rule => rule.Action), Cells().Select(cell => (string)cell[0]).Distinct());
        Assert.Equal(Enum.GetValues<InspectionState>(), Cells().Select(cell => (InspectionState)cell[1]).Distinct());
    }

    [Fact]
    public void Nobody_inspects_the_unit_it_belongs_to()
    {
        var own = People.Of("education", Role.Inspector);
        Assert.Equal("inspection.own-unit", Assert.Throws<RuleBrokenException>(() => Inspection.Open(Cases.Opening(), own, Cases.Now)).Code);
        var inspection = Cases.In(InspectionState.Found);
        Cases.Refused(inspection, RuleKind.Forbidden, "inspection.own-unit", () => Cases.Do(inspection, InspectionActions.Propose, own));
        Cases.Do(inspection, InspectionActions.Propose, People.Inspector);
        Cases.Refused(inspection, RuleKind.Forbidden, "inspection.own-unit", () => Cases.Do(inspection, InspectionActions.DecideMeasure, People.Of("education", Role.Leader)));
        Assert.Empty(inspection.AllowedActions(own, Cases.Ended, Cases.Later));
    }

    [Fact]
    public void A_finding_waits_for_the_unit_or_the_end_of_its_time()
    {
        var inspection = Cases.In(InspectionState.Ordered);
        Cases.Refused(inspection, RuleKind.Conflict, "inspection.answer-awaited", () => inspection.Find(People.Inspector, Finding.Exempt, "尽职", Cases.AnswerBy.AddTicks(-1)));
        Assert.False(inspection.AnswerOverdue(Cases.AnswerBy.AddTicks(-1)));

        Assert.True(inspection.AnswerOverdue(Cases.AnswerBy));
        inspection.Explain(People.Head, "迟复", [], Cases.AnswerBy.AddHours(1));
        Assert.True(inspection.Explanations[0].Late);
        inspection.Find(People.Inspector, Finding.Exempt, "尽职", Cases.AnswerBy.AddHours(2));
        Assert.Equal(InspectionState.Found, inspection.State);
    }

    [Theory]
    [InlineData(Finding.Exempt)]
    [InlineData(Finding.Unsubstantiated)]
    public void Without_a_fault_it_closes_without_rectification_or_measure(Finding finding)
    {
        var inspection = Cases.In(InspectionState.Found, finding);
        Cases.Refused(inspection, RuleKind.Conflict, "inspection.not-substantiated", () => Cases.Do(inspection, InspectionActions.RequireRectification, People.Inspector));
        Cases.Refused(inspection, RuleKind.Conflict, "inspection.not-substantiated", () => Cases.Do(inspection, InspectionActions.Propose, People.Inspector));

        inspection.Propose(People.Inspector, Measure.None, "不予处理", Cases.Later);
        Cases.Refused(inspection, RuleKind.Conflict, "inspection.no-measure", () => Cases.Do(inspection, InspectionActions.DecideMeasure, People.Leader));
        Cases.Do(inspection, InspectionActions.Close, People.Inspector);
        Assert.Equal(InspectionState.Closed, inspection.State);
    }

    [Fact]
    public void A_recheck_is_passed_when_all_has_ended_and_failed_it_goes_on()
    {
        var inspection = Cases.In(InspectionState.Rectifying);
        Cases.Refused(inspection, RuleKind.Conflict, "inspection.rectification-open", () => inspection.CheckAgain(People.Inspector, true, "好", Cases.Running, Cases.Later));
        Cases.Refused(inspection, RuleKind.Conflict, "inspection.rectification-open", () => inspection.CheckAgain(People.Inspector, false, "未", Cases.Running, Cases.Later));
        Assert.DoesNotContain(InspectionActions.Recheck, inspection.AllowedActions(People.Inspector, Cases.Running, Cases.Later));

        var over = Cases.Later.AddDays(1);
        inspection.CheckAgain(People.Inspector, false, "到期未整改", Cases.Running, over);
        Assert.Equal((InspectionState.Rectifying, false), (inspection.State, inspection.Rechecks[0].Passed));
        inspection.CheckAgain(People.Inspector, true, "已整改", Cases.Ended, over);
        Assert.Equal(InspectionState.Rechecked, inspection.State);
    }

    [Fact]
    public void A_refused_measure_can_be_proposed_anew_and_an_approved_one_stands()
    {
        var inspection = Cases.In(InspectionState.Found, proposed: true);
        inspection.DecideMeasure(People.Leader, false, "过重", Cases.Later);
        inspection.Propose(People.Inspector, Measure.Interview, "约谈", Cases.Later);
        Assert.Equal((Measure.Interview, null), (inspection.Measure, inspection.MeasureApproved));
        inspection.DecideMeasure(People.Leader, true, "同意", Cases.Later);
        Cases.Refused(inspection, RuleKind.Conflict, "inspection.measure-decided", () => Cases.Do(inspection, InspectionActions.Propose, People.Inspector));
    }

    [Fact]
    public void The_system_opens_and_orders_and_does_nothing_else()
    {
        var inspection = Inspection.Open(Cases.Opening(InspectionKind.Single) with { Unit = Actor.OfficeUnit }, People.Scheduler, Cases.Now);
        inspection.IssueOrder(People.Scheduler, "督办-2020-0001", "逾期", Cases.AnswerBy, Cases.Now);
        Assert.Equal(("", ""), (inspection.OpenedBy, inspection.Orders[0].IssuedBy));
        Assert.DoesNotContain(InspectionActions.Find, inspection.AllowedActions(People.Scheduler, Cases.Ended, Cases.Later));
    }

    [Fact]
    public void An_order_is_to_be_answered_in_the_future()
    {
        var inspection = Cases.Open();
        Cases.Refused(inspection, RuleKind.Invalid, "inspection.answer-in-past", () => inspection.IssueOrder(People.Inspector, "n", "t", Cases.Now, Cases.Now));
    }

    [Fact]
    public void Somebody_who_saw_an_older_one_is_refused()
    {
        var inspection = Cases.In(InspectionState.Ordered);
        inspection.ExpectedVersion = 1;
        Cases.Refused(inspection, RuleKind.Conflict, "inspection.version-conflict", () => Cases.Do(inspection, InspectionActions.Explain, People.Liaison));
    }

    [Fact]
    public void Its_events_alone_rebuild_it()
    {
        foreach (var state in Enum.GetValues<InspectionState>())
        {
            var inspection = WithNewTeam(Cases.In(state, proposed: true));
            var again = Inspection.Replay(inspection.Recorded.Select(step => step.Event));
            Assert.Empty(InspectionFields.Differing(inspection, again));
        }

        string[] moved = ["answerBy", "orders", "state", "version"];
        Assert.Equal(moved, InspectionFields.Differing(Same(InspectionState.Open), Same(InspectionState.Ordered)).Order(StringComparer.Ordinal));
    }

    private static readonly InspectionOpening One = Cases.Opening();

    private static Inspection Same(InspectionState state)
    {
        var inspection = Inspection.Open(One, People.Inspector, Cases.Now);
        if (state is InspectionState.Ordered)
        {
            Cases.Do(inspection, InspectionActions.IssueOrder, People.Inspector);
        }

        return inspection;
    }

    private static Inspection WithNewTeam(Inspection inspection)
    {
        if (inspection.State is not InspectionState.Closed)
        {
            inspection.SetTeam(People.Inspector, Cases.Team with { Until = null }, Cases.Now);
        }

        return inspection;
    }

    /// <summary>The team finds, the unit explains, a leader decides, all else is the inspector's.</summary>
    private static bool May(string action, Actor actor, InspectionState state) => actor.Jurisdiction == "taiping" && action switch
    {
        InspectionActions.Explain => actor.Unit == "education" && (actor.Is(Role.Liaison) || actor.Is(Role.Head)),
        InspectionActions.DecideMeasure => actor.Is(Role.Leader),
        InspectionActions.IssueOrder => actor.Is(Role.Inspector) || actor.Is(Role.Scheduler),
        InspectionActions.Find => actor.Is(Role.Inspector) || (actor == People.OtherHead && state is not InspectionState.Closed),
        _ => actor.Is(Role.Inspector),
    };
}
