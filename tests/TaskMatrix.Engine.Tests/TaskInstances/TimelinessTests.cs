using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>On time is decided when the work leaves the unit: at the signature, else at the submission.</summary>
public sealed class TimelinessTests
{
    private static readonly DateTimeOffset LastMoment = Tasks.DueAt.AddTicks(-1);

    [Fact]
    public void Work_that_leaves_a_moment_before_due_is_on_time_however_late_it_is_approved()
    {
        var task = Tasks.In(TaskState.PendingSignOff);

        task.Sign(People.Head, null, LastMoment);
        task.FireTimers(null, Tasks.CutOff.AddDays(9));
        task.Approve(People.Office, null, Tasks.CutOff.AddDays(9));

        Assert.Equal((true, null, null), (task.OnTime, task.OverdueSince, task.MissedAt));
    }

    [Fact]
    public void A_submission_at_exactly_due_is_late()
    {
        var order = Tasks.OneOff with { SignOffRequired = false };
        var (late, prompt) = (Tasks.In(TaskState.InProgress, order), Tasks.In(TaskState.InProgress, order));

        late.Submit(People.Liaison, Tasks.Done, Tasks.DueAt);
        prompt.Submit(People.Liaison, Tasks.Done, LastMoment);

        Assert.Equal((false, Tasks.DueAt), (late.OnTime, late.OverdueSince));
        Assert.Equal((true, null), (prompt.OnTime, prompt.OverdueSince));
    }

    [Fact]
    public void A_signature_at_exactly_due_is_late_though_the_submission_was_in_time()
    {
        var task = Tasks.In(TaskState.PendingSignOff);
        Assert.Null(task.OnTime);

        task.Sign(People.Head, null, Tasks.DueAt);

        Assert.Equal((false, Tasks.DueAt), (task.OnTime, task.OverdueSince));
    }

    [Theory]
    [InlineData(TaskState.PendingAck, true)]
    [InlineData(TaskState.InProgress, true)]
    [InlineData(TaskState.PendingSignOff, true)]
    [InlineData(TaskState.Returned, true)]
    [InlineData(TaskState.Draft, false)]
    [InlineData(TaskState.PendingReview, false)]
    [InlineData(TaskState.Closed, false)]
    [InlineData(TaskState.Suspended, false)]
    [InlineData(TaskState.NotApplicable, false)]
    [InlineData(TaskState.Terminated, false)]
    public void Only_work_that_is_still_at_the_unit_becomes_overdue(TaskState state, bool overdue)
    {
        var task = Tasks.In(state, Tasks.OneOff);

        task.FireTimers(null, Tasks.DueAt);

        Assert.Equal(overdue ? Tasks.DueAt : null, task.OverdueSince);
        Assert.Equal(state, task.State);
    }

    [Fact]
    public void Becomes_overdue_at_the_deadline_and_not_a_moment_earlier()
    {
        var task = Tasks.In(TaskState.InProgress);

        Assert.Equal(0, task.FireTimers(null, LastMoment));
        Assert.Equal(1, task.FireTimers(null, Tasks.DueAt));
        Assert.Equal(0, task.FireTimers(null, Tasks.DueAt));
    }

    [Fact]
    public void A_breach_stands_at_the_deadline_itself_however_late_it_is_noticed()
    {
        var task = Tasks.In(TaskState.PendingAck, Tasks.OneOff);

        task.FireTimers(null, Tasks.DueAt.AddDays(3));

        Assert.Equal((Tasks.AckBy, Tasks.DueAt), (task.AckBreachedAt, task.OverdueSince));
        Assert.Equal(
            [("ack-breach", Tasks.DueAt.AddDays(3)), ("overdue", Tasks.DueAt.AddDays(3))],
            task.Recorded.Select(recorded => (recorded.Action, recorded.Event.At)));
        Assert.All(task.Recorded, recorded => Assert.Equal(People.Scheduler.UserName, recorded.Actor.UserName));
    }

    [Fact]
    public void Marks_a_late_task_once()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff);

        task.FireTimers(null, Tasks.DueAt.AddHours(1));
        task.FireTimers(null, Tasks.DueAt.AddHours(2));
        task.Submit(People.Liaison, Tasks.Done, Tasks.DueAt.AddHours(3));

        Assert.Equal(["overdue", "submit"], task.Recorded.Select(recorded => recorded.Action));
        Assert.Equal(Tasks.DueAt, task.OverdueSince);
    }

    [Fact]
    public void An_action_notes_the_deadlines_that_no_sweep_has_noticed_before_it_happens()
    {
        var task = Tasks.In(TaskState.PendingAck, Tasks.OneOff);

        task.Acknowledge(People.Liaison, Tasks.DueAt);

        Assert.Equal(["ack-breach", "overdue", "acknowledge"], task.Recorded.Select(recorded => recorded.Action));
        Assert.Equal((Tasks.AckBy, Tasks.DueAt, Tasks.DueAt), (task.AckBreachedAt, task.OverdueSince, task.AcknowledgedAt));
    }

    [Fact]
    public void An_acknowledgement_at_exactly_ack_by_is_late()
    {
        var (late, prompt) = (Tasks.In(TaskState.PendingAck), Tasks.In(TaskState.PendingAck));

        late.Acknowledge(People.Liaison, Tasks.AckBy);
        prompt.Acknowledge(People.Liaison, Tasks.AckBy.AddTicks(-1));

        Assert.Equal((Tasks.AckBy, null), (late.AckBreachedAt, prompt.AckBreachedAt));
    }

    [Fact]
    public void Terminating_a_task_before_its_due_time_leaves_it_without_a_breach()
    {
        var task = Tasks.In(TaskState.InProgress);

        task.Terminate(People.Leader, "解除响应", "批示 3 号", LastMoment);
        task.FireTimers(null, Tasks.CutOff);

        Assert.Equal((TaskState.Terminated, null, null), (task.State, task.OverdueSince, task.MissedAt));
    }

    [Fact]
    public void Terminating_a_late_task_keeps_its_breach()
    {
        var task = Tasks.In(TaskState.InProgress);

        task.Terminate(People.Office, "解除响应", null, Tasks.DueAt);

        Assert.Equal((TaskState.Terminated, Tasks.DueAt), (task.State, task.OverdueSince));
    }
}
