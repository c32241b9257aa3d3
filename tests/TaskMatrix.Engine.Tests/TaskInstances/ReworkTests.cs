using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>退回重办 and 重启: the work goes on, and on time is decided anew.</summary>
public sealed class ReworkTests
{
    private static readonly DateTimeOffset NewDue = Tasks.DueAt.AddDays(2);

    [Fact]
    public void Returning_before_due_keeps_the_due_time_unless_another_is_given()
    {
        var (kept, moved) = (Tasks.In(TaskState.PendingReview), Tasks.In(TaskState.PendingReview));

        kept.ReturnForRework(People.Office, "请补充", null, Tasks.DueAt.AddTicks(-1));
        moved.ReturnForRework(People.Office, "请补充", NewDue, Tasks.Now);

        Assert.Equal((Tasks.DueAt, Tasks.CutOff), (kept.DueAt, kept.MissedBy));
        Assert.Equal((NewDue, Tasks.CutOff.AddDays(2)), (moved.DueAt, moved.MissedBy));
    }

    [Fact]
    public void Returning_after_due_needs_a_new_due_time_that_lies_ahead()
    {
        var task = Tasks.In(TaskState.PendingReview);

        Refusal.Conflict(task, "task.due-required", () => task.ReturnForRework(People.Office, "请补充", null, Tasks.DueAt));
        Refusal.Invalid(task, "task.due-in-past", () => task.ReturnForRework(People.Office, "请补充", Tasks.DueAt, Tasks.DueAt));
        task.ReturnForRework(People.Office, "请补充", NewDue, Tasks.DueAt);

        Assert.Equal((TaskState.InProgress, NewDue), (task.State, task.DueAt));
    }

    [Fact]
    public void Every_round_is_counted_and_judged_anew()
    {
        var task = Tasks.In(TaskState.PendingReview);
        Assert.True(task.OnTime);

        task.ReturnForRework(People.Office, "请补充", null, Tasks.Now);
        Assert.Equal((null, null, true, 1), (task.OnTime, task.LeftUnitAt, task.InRework, task.ReturnRounds));
        task.Submit(People.Liaison, Tasks.Done, Tasks.Now);
        Assert.False(task.InRework);
        task.Sign(People.Head, null, Tasks.DueAt);
        task.ReturnForRework(People.Office, "再补充", NewDue, Tasks.DueAt);

        Assert.Equal((Tasks.DueAt, 2), (task.OverdueSince, task.ReturnRounds));
    }

    [Fact]
    public void A_refused_signature_is_no_round_of_rework()
    {
        var task = Tasks.In(TaskState.PendingSignOff);

        task.RefuseSignature(People.Head, "数字不符", Tasks.Now);

        Assert.Equal((false, 0), (task.InRework, task.ReturnRounds));
    }

    [Fact]
    public void Reopening_starts_the_work_again_with_a_new_due_time()
    {
        var task = Tasks.In(TaskState.Closed);

        Refusal.Invalid(task, "task.due-in-past", () => task.Reopen(People.Office, "核查", Tasks.Now, Tasks.Now));
        task.Reopen(People.Office, "核查发现问题", NewDue, Tasks.Now);

        Assert.Equal((TaskState.InProgress, NewDue, true), (task.State, task.DueAt, task.InRework));
        Assert.Equal((null, null, null), (task.ClosedAt, task.LeftUnitAt, task.OnTime));
        Assert.Equal((null, null), (task.SignedBy, task.Outcome));
    }

    [Fact]
    public void A_breach_stays_when_a_late_task_is_reopened()
    {
        var task = Tasks.In(TaskState.PendingReview);
        var late = Tasks.In(TaskState.PendingSignOff);
        late.Sign(People.Head, null, Tasks.DueAt);
        late.Approve(People.Office, null, Tasks.DueAt);

        late.Reopen(People.Office, "核查", NewDue, Tasks.DueAt);
        task.Approve(People.Office, null, Tasks.DueAt);
        task.Reopen(People.Office, "核查", NewDue, Tasks.DueAt);

        Assert.Equal((Tasks.DueAt, null), (late.OverdueSince, task.OverdueSince));
    }
}
