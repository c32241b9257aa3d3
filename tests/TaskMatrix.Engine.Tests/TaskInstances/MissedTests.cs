using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>未报: past its cut-off with nothing filed; it may be filed late (补报), but the fact stays.</summary>
public sealed class MissedTests
{
    private static readonly DateTimeOffset Later = Tasks.CutOff.AddHours(2);

    [Theory]
    [InlineData(TaskState.PendingAck, true)]
    [InlineData(TaskState.InProgress, true)]
    [InlineData(TaskState.PendingSignOff, true)]
    [InlineData(TaskState.Returned, false)]
    [InlineData(TaskState.Suspended, false)]
    [InlineData(TaskState.PendingReview, false)]
    [InlineData(TaskState.Closed, false)]
    [InlineData(TaskState.Terminated, false)]
    public void Is_missed_at_the_cut_off_only_where_nothing_was_filed(TaskState state, bool missed)
    {
        var task = Tasks.In(state);

        task.FireTimers(null, Tasks.CutOff.AddTicks(-1));
        Assert.Equal(state, task.State);
        task.FireTimers(null, Tasks.CutOff);

        Assert.Equal(missed ? TaskState.Missed : state, task.State);
        Assert.Equal(missed ? Tasks.CutOff : null, task.MissedAt);
    }

    [Fact]
    public void A_task_without_a_cut_off_is_never_missed()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff);

        task.FireTimers(null, Tasks.CutOff.AddDays(30));

        Assert.Equal((TaskState.InProgress, null), (task.State, task.MissedAt));
    }

    [Fact]
    public void Is_late_from_the_cut_off_itself_however_late_that_is_noticed()
    {
        var task = Tasks.In(TaskState.InProgress);

        task.FireTimers(null, Later);

        Assert.Equal((Tasks.CutOff, Tasks.DueAt, false), (task.MissedAt, task.OverdueSince, task.OnTime));
    }

    [Theory]
    [InlineData(true, TaskState.PendingReview)]
    [InlineData(false, TaskState.Closed)]
    public void Filed_late_it_is_not_on_time_and_stays_missed_in_the_record(bool review, TaskState expected)
    {
        var task = Tasks.In(TaskState.Missed, Tasks.Order with { SignOffRequired = false, ReviewRequired = review });

        task.Submit(People.Liaison, Tasks.Done, Later);

        Assert.Equal((expected, false, Tasks.CutOff), (task.State, task.OnTime, task.MissedAt));
    }

    [Fact]
    public void Filed_late_it_can_still_be_signed()
    {
        var task = Tasks.In(TaskState.Missed);

        task.Submit(People.Liaison, Tasks.Done, Later);
        Assert.Equal(0, task.FireTimers(null, Later.AddMinutes(1)));
        task.Sign(People.Head, null, Later.AddMinutes(2));

        Assert.Equal((TaskState.PendingReview, false, Tasks.CutOff), (task.State, task.OnTime, task.MissedAt));
    }

    [Fact]
    public void Returned_for_rework_it_keeps_the_moment_it_was_missed_and_is_never_on_time()
    {
        var task = Tasks.In(TaskState.Missed);
        task.Submit(People.Liaison, Tasks.Done, Later);
        task.Sign(People.Head, null, Later);
        task.ReturnForRework(People.Office, "请补充", Later.AddDays(1), Later);

        task.FireTimers(null, Later.AddDays(9));
        task.Submit(People.Liaison, Tasks.Done, Later.AddDays(9));
        task.Sign(People.Head, null, Later.AddDays(9));

        Assert.Equal((Tasks.CutOff, false), (task.MissedAt, task.OnTime));
    }

    [Fact]
    public void An_extension_of_its_rework_does_not_make_it_on_time()
    {
        var task = Tasks.In(TaskState.Missed, Tasks.Order with { SignOffRequired = false });
        task.Submit(People.Liaison, Tasks.Done, Later);
        task.ReturnForRework(People.Office, "请补充", Later.AddDays(1), Later);
        task.RequestExtension(People.Liaison, "", "", Later.AddDays(2), Later);
        task.Submit(People.Liaison, Tasks.Done, Later);

        task.DecideExtension(People.Office, true, null, "", Later);

        Assert.Equal((TaskState.PendingReview, false), (task.State, task.OnTime));
    }

    [Fact]
    public void A_submission_past_an_unnoticed_cut_off_is_a_late_filing()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.Order with { SignOffRequired = false });

        task.Submit(People.Liaison, Tasks.Done, Tasks.CutOff);

        Assert.Equal(["overdue", "miss", "submit"], task.Recorded.Select(recorded => recorded.Action));
        Assert.Equal((TaskState.PendingReview, false, Tasks.CutOff), (task.State, task.OnTime, task.MissedAt));
    }

    [Theory]
    [InlineData(TaskActions.Progress)]
    [InlineData(TaskActions.Suspend)]
    [InlineData(TaskActions.Terminate)]
    public void Past_an_unnoticed_cut_off_nobody_acts_on_it_as_if_it_were_open(string action)
    {
        var task = Tasks.In(TaskState.InProgress);

        Refusal.Conflict(task, "task.wrong-state", () => task.Do(action, Tasks.CutOff));
        task.Do(action, Tasks.CutOff.AddTicks(-1));

        Assert.Contains("overdue", task.Recorded.Select(recorded => recorded.Action));
    }
}
