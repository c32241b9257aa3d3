using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;
using TaskMatrix.Engine.Tests.TaskInstances;

namespace TaskMatrix.Engine.Tests.Overdue;

/// <summary>Red any breach or missed; else yellow returned or in rework; else grey; else blue near due; else green.</summary>
public sealed class LightTests
{
    [Theory]
    [InlineData(TaskState.Draft, Light.Grey)]
    [InlineData(TaskState.PendingAck, Light.Green)]
    [InlineData(TaskState.InProgress, Light.Green)]
    [InlineData(TaskState.PendingSignOff, Light.Green)]
    [InlineData(TaskState.PendingReview, Light.Green)]
    [InlineData(TaskState.Closed, Light.Green)]
    [InlineData(TaskState.Returned, Light.Yellow)]
    [InlineData(TaskState.Suspended, Light.Grey)]
    [InlineData(TaskState.Missed, Light.Red)]
    [InlineData(TaskState.NotApplicable, Light.Grey)]
    [InlineData(TaskState.Terminated, Light.Grey)]
    public void Every_state_has_its_light_while_there_is_time(TaskState state, Light expected)
    {
        var task = Tasks.In(state);

        Assert.Equal(expected, task.LightAt(Tasks.NowOf(task)));
    }

    [Theory]
    [InlineData(TaskState.Draft, Light.Grey)]
    [InlineData(TaskState.InProgress, Light.Blue)]
    [InlineData(TaskState.PendingSignOff, Light.Blue)]
    [InlineData(TaskState.PendingReview, Light.Green)]
    [InlineData(TaskState.Closed, Light.Green)]
    [InlineData(TaskState.Returned, Light.Yellow)]
    [InlineData(TaskState.Suspended, Light.Grey)]
    [InlineData(TaskState.Terminated, Light.Grey)]
    public void Blue_is_for_work_at_the_unit_that_is_nearly_due(TaskState state, Light expected) =>
        Assert.Equal(expected, Tasks.In(state).LightAt(Tasks.DueAt.AddTicks(-1)));

    [Theory]
    [InlineData(2, 24)]
    [InlineData(4, 24)]
    [InlineData(6, 36)]
    [InlineData(20, 120)]
    public void Turns_blue_a_day_before_due_or_in_the_last_quarter_of_a_long_time(int days, int hoursBefore)
    {
        var due = Tasks.Start.AddDays(days);
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff with { DueAt = due });
        var blueFrom = due.AddHours(-hoursBefore);

        Assert.Equal(blueFrom, task.WarnAt);
        Assert.Equal((Light.Green, Light.Blue), (task.LightAt(blueFrom.AddTicks(-1)), task.LightAt(blueFrom)));
    }

    [Theory]
    [InlineData(TaskState.PendingAck)]
    [InlineData(TaskState.InProgress)]
    [InlineData(TaskState.PendingSignOff)]
    [InlineData(TaskState.Returned)]
    public void Is_red_from_the_deadline_itself_whether_or_not_a_sweep_has_come_by(TaskState state)
    {
        var (noticed, unnoticed) = (Tasks.In(state), Tasks.In(state));
        noticed.FireTimers(null, Tasks.DueAt);

        Assert.Equal((Light.Red, Light.Red), (noticed.LightAt(Tasks.DueAt), unnoticed.LightAt(Tasks.DueAt)));
    }

    [Fact]
    public void A_late_acknowledgement_is_red_for_good()
    {
        var task = Tasks.In(TaskState.PendingAck);

        task.Acknowledge(People.Liaison, Tasks.AckBy);

        Assert.Equal(Light.Red, task.LightAt(Tasks.AckBy));
    }

    [Fact]
    public void An_extension_asked_for_in_time_keeps_it_from_turning_red()
    {
        var task = Tasks.In(TaskState.InProgress, asked: true);

        Assert.Equal(Light.Blue, task.LightAt(Tasks.DueAt.AddHours(1)));
    }

    [Fact]
    public void Closed_late_stays_red()
    {
        var task = Tasks.In(TaskState.PendingSignOff);
        task.Sign(People.Head, null, Tasks.DueAt);
        task.Approve(People.Office, null, Tasks.DueAt);

        Assert.Equal((TaskState.Closed, Light.Red), (task.State, task.LightAt(Tasks.DueAt.AddYears(1))));
    }

    [Fact]
    public void Missed_and_filed_late_stays_red()
    {
        var task = Tasks.In(TaskState.Missed, Tasks.Order with { SignOffRequired = false, ReviewRequired = false });
        task.Submit(People.Liaison, Tasks.Done, Tasks.CutOff);

        Assert.Equal((TaskState.Closed, Light.Red), (task.State, task.LightAt(Tasks.CutOff)));
    }

    [Theory]
    [InlineData(TaskState.NotApplicable)]
    [InlineData(TaskState.Terminated)]
    public void A_breach_shows_through_grey(TaskState state)
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff);
        task.Do(state is TaskState.Terminated ? TaskActions.Terminate : TaskActions.MarkNotApplicable, Tasks.DueAt);

        Assert.Equal((state, Light.Red), (task.State, task.LightAt(Tasks.DueAt)));
    }

    [Fact]
    public void Rework_is_yellow_until_it_is_submitted_again()
    {
        var task = Tasks.In(TaskState.PendingReview);
        task.ReturnForRework(People.Office, "请补充", null, Tasks.Now);
        var atWork = task.LightAt(Tasks.Now);

        task.Submit(People.Liaison, Tasks.Done, Tasks.Now);

        Assert.Equal((Light.Yellow, Light.Green), (atWork, task.LightAt(Tasks.Now)));
    }

    [Theory]
    [InlineData(TaskActions.Terminate)]
    [InlineData(TaskActions.MarkNotApplicable)]
    public void Rework_that_was_called_off_is_grey(string action)
    {
        var task = Tasks.In(TaskState.PendingReview);
        task.ReturnForRework(People.Office, "请补充", null, Tasks.Now);

        task.Do(action, Tasks.Now);

        Assert.Equal(Light.Grey, task.LightAt(Tasks.Now));
    }
}
