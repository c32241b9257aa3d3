using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;
using TaskMatrix.Engine.Tests.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.Engine.Tests.Workflows;

/// <summary>批示: who may what, in every state, and how it follows its tasks.</summary>
public sealed class InstructionTests
{
    private static readonly FollowUp None = FollowUp.Of([]), Open = FollowUp.Of([TaskState.Closed, TaskState.InProgress]), Ended = FollowUp.Of([TaskState.Closed, TaskState.Terminated]),
        Nothing = FollowUp.Of([TaskState.Terminated, TaskState.NotApplicable]);

    [Fact]
    public void A_leader_issues_and_the_office_registers_for_one_and_nobody_else_does()
    {
        Assert.Null(Issue().RegisteredBy);
        Assert.Equal(People.Office.Post, Instruction.Issue(Written, Guid.Empty, People.Office, Tasks.Now).RegisteredBy);
        foreach (var other in People.Everyone.Values.Except([People.Office, People.Leader]))
        {
            Refused(RuleKind.Forbidden, "instruction.not-allowed", () => Instruction.Issue(Written, Guid.Empty, other, Tasks.Now));
        }
    }

    [Fact]
    public void Is_never_due_in_the_past() =>
        Refused(RuleKind.Invalid, "instruction.due-in-past", () => Instruction.Issue(Written with { DueAt = Tasks.Now }, Guid.Empty, People.Leader, Tasks.Now));

    [Theory]
    [InlineData(InstructionState.Issued)]
    [InlineData(InstructionState.InProgress)]
    [InlineData(InstructionState.Closed)]
    public void Every_action_in_every_state(InstructionState state)
    {
        var closed = state is InstructionState.Closed;
        Allowed(!closed, state, instruction => instruction.RequireTaskable(People.Office));
        Allowed(!closed, state, instruction => instruction.RequireTaskable(People.Leader));
        Allowed(!closed, state, instruction => instruction.TaskMade());
        Allowed(!closed, state, instruction => instruction.Close(People.Office, "知悉", None, Tasks.Now));
        Allowed(true, state, instruction => instruction.GiveFeedback(People.Office, "已落实", Tasks.Now));
        Assert.Equal(closed ? ["feedback"] : ["tasks", "feedback", "close"], In(state).AllowedActions(People.Office, None));
        Assert.Equal(closed ? [] : ["tasks"], In(state).AllowedActions(People.Leader, None));
        Assert.Empty(In(state).AllowedActions(People.Liaison, None));
        Assert.Empty(In(state).AllowedActions(People.ForeignOffice, None));
    }

    [Theory]
    [InlineData(InstructionState.Issued)]
    [InlineData(InstructionState.InProgress)]
    [InlineData(InstructionState.Closed)]
    public void Whoever_may_not_is_told_so_before_the_state(InstructionState state)
    {
        foreach (var other in People.Everyone.Values.Except([People.Office]))
        {
            Refused(RuleKind.Forbidden, "instruction.not-allowed", () => In(state).GiveFeedback(other, "x", Tasks.Now));
            Refused(RuleKind.Forbidden, "instruction.not-allowed", () => In(state).Close(other, "x", None, Tasks.Now));
        }

        Refused(RuleKind.Forbidden, "instruction.not-allowed", () => In(state).RequireTaskable(People.Liaison));
    }

    [Fact]
    public void Closes_with_its_last_task_says_how_and_opens_with_one_that_is_reopened()
    {
        var instruction = In(InstructionState.InProgress);

        Assert.False(instruction.TasksMoved(Open, Tasks.Now));
        Assert.Null(instruction.EndedBy(Open));
        Assert.True(instruction.TasksMoved(Nothing, Tasks.Now));
        Assert.Equal(InstructionEnd.Nothing, instruction.EndedBy(Nothing));
        Assert.True(instruction.TasksMoved(Open, Tasks.Now));
        Assert.True(instruction.TasksMoved(Ended, Tasks.Now));
        Assert.Equal(InstructionEnd.Tasks, instruction.EndedBy(Ended));
        Assert.Equal((InstructionState.Closed, Tasks.Now), (instruction.State, instruction.ClosedAt));
        Assert.False(instruction.TasksMoved(Ended, Tasks.Now));

        Assert.True(instruction.TasksMoved(Open, Tasks.Now));
        Assert.Equal((InstructionState.InProgress, null), (instruction.State, instruction.ClosedAt));
    }

    [Fact]
    public void Is_closed_by_word_only_where_no_task_stands_for_it()
    {
        Refused(RuleKind.Conflict, "instruction.has-tasks", () => In(InstructionState.InProgress).Close(People.Office, "x", Open, Tasks.Now));
        Refused(RuleKind.Conflict, "instruction.has-tasks", () => In(InstructionState.InProgress).Close(People.Office, "x", Ended, Tasks.Now));

        var instruction = In(InstructionState.InProgress);
        instruction.Close(People.Office, "均已终止", Nothing, Tasks.Now);
        Assert.Equal("均已终止", instruction.ClosingText);
    }

    private static readonly InstructionIssue Written = new(Guid.NewGuid(), "taiping", "批示-2020-0001", "摸清底数", "请各单位摸清底数", "领导小组组长", null, null);

    private static Instruction Issue() => Instruction.Issue(Written, Guid.NewGuid(), People.Leader, Tasks.Now);

    private static Instruction In(InstructionState state)
    {
        var instruction = Issue();
        if (state is not InstructionState.Issued)
        {
            instruction.TaskMade();
        }

        if (state is InstructionState.Closed)
        {
            instruction.TasksMoved(Ended, Tasks.Now);
        }

        Assert.Equal(state, instruction.State);
        return instruction;
    }

    private static void Allowed(bool allowed, InstructionState state, Action<Instruction> act)
    {
        var instruction = In(state);
        if (allowed)
        {
            act(instruction);
        }
        else
        {
            Refused(RuleKind.Conflict, "instruction.wrong-state", () => act(instruction));
            Assert.Equal(state, instruction.State);
        }
    }

    private static void Refused(RuleKind kind, string code, Action attempt)
    {
        var broken = Assert.Throws<RuleBrokenException>(attempt);
        Assert.Equal((kind, code), (broken.Kind, broken.Code));
    }
}
