using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;

namespace TaskMatrix.Engine.Tests.TaskInstances;

public sealed class PassingDownTests
{
    [Fact]
    public void A_task_is_passed_down_once_and_remembers_where_it_went()
    {
        var task = Tasks.In(TaskState.InProgress);

        task.PassDown(People.Liaison, Tasks.Area, Tasks.Below, null, "请落实", Tasks.Now);

        Assert.Equal([Tasks.Below], task.PassedDown);
        Assert.Equal(TaskState.InProgress, task.State);
        Assert.Equal(Tasks.DueAt, Assert.IsType<PassedDown>(Assert.Single(task.Recorded).Event).DueAt);
        Assert.DoesNotContain(TaskActions.PassDown, task.AllowedActions(People.Liaison, Tasks.Now));
        Refusal.Conflict(task, "task.passed-down-before", () => task.PassDown(People.Liaison, Tasks.Area, Tasks.Below, null, null, Tasks.Now));
    }

    [Fact]
    public void It_needs_an_area_with_a_plan_in_force()
    {
        var task = Tasks.In(TaskState.InProgress);

        Refusal.Conflict(task, "task.nothing-below", () => task.DueBelow(People.Liaison, null, null, Tasks.Now));
        Refusal.Conflict(task, "task.no-plan-below", () => task.DueBelow(People.Liaison, Tasks.Area with { PlanActive = false }, null, Tasks.Now));
    }

    [Fact]
    public void The_task_below_is_due_no_later_than_the_one_above()
    {
        var task = Tasks.In(TaskState.InProgress);

        Assert.Equal(Tasks.DueAt, task.DueBelow(People.Head, Tasks.Area, null, Tasks.Now));
        Assert.Equal(Tasks.DueAt.AddHours(-1), task.DueBelow(People.Head, Tasks.Area, Tasks.DueAt.AddHours(-1), Tasks.Now));
        Refusal.Conflict(task, "task.below-too-late", () => task.DueBelow(People.Head, Tasks.Area, Tasks.DueAt.AddTicks(1), Tasks.Now));
        Refusal.Invalid(task, "task.due-in-past", () => task.DueBelow(People.Head, Tasks.Area, Tasks.Now, Tasks.Now));
    }

    [Fact]
    public void The_end_below_is_feedback_and_closes_nothing()
    {
        var task = Tasks.In(TaskState.InProgress);
        task.PassDown(People.Liaison, Tasks.Area, Tasks.Below, null, null, Tasks.Now);
        task.ForgetRecorded();

        Assert.True(task.HearFromBelow(Tasks.Below.Id, "已办结", Tasks.Now));

        var heard = Assert.Single(task.Recorded);
        Assert.Equal(("progress", "scheduler", TaskState.InProgress), (heard.Action, heard.Actor.UserName, task.State));
        Assert.False(task.HearFromBelow(Guid.Empty, "别的任务", Tasks.Now));
    }

    [Fact]
    public void A_task_that_has_ended_hears_nothing_more()
    {
        var task = Tasks.In(TaskState.InProgress);
        task.PassDown(People.Liaison, Tasks.Area, Tasks.Below, null, null, Tasks.Now);
        task.Terminate(People.Office, "解除", null, Tasks.Now);
        task.ForgetRecorded();

        Assert.False(task.HearFromBelow(Tasks.Below.Id, "已办结", Tasks.Now));
        Assert.Empty(task.Recorded);
    }

    [Fact]
    public void Replay_gives_both_ends_again()
    {
        var above = new TaskAbove(Guid.NewGuid(), "太平-2020-000009", "taiping");
        var task = TaskInstance.Issue(Tasks.Order with { ParentTask = above, AcknowledgeRequired = false }, People.Office, Schedules.China.Reckoning, Tasks.Start);
        task.PassDown(People.Liaison, Tasks.Area, Tasks.Below, null, "请落实", Tasks.Now);

        var again = TaskInstance.Replay(task.Recorded.Select(recorded => recorded.Event));

        Assert.Equal(above, again.ParentTask);
        Assert.Empty(TaskFields.Differing(task, again));
    }
}
