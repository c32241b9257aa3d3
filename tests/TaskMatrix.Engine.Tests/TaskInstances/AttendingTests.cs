using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>The task of attending a meeting follows the meeting.</summary>
public sealed class AttendingTests
{
    private static readonly DateTimeOffset Begins = Tasks.Start.AddHours(30), Written = Begins.AddHours(3);

    private static readonly TaskIssue Invitation = Tasks.Order with { DueAt = Begins, DueIn = null };

    [Fact]
    public void Who_came_was_there_in_time_whenever_the_minutes_were_written()
    {
        var task = Tasks.In(TaskState.InProgress, Invitation);
        task.FireTimers(null, Begins.AddMinutes(1));
        Assert.Equal(Begins, task.OverdueSince);

        Assert.True(task.Attend(People.Office, "会议-2020-0001", Begins, Written));

        Assert.Equal((TaskState.Closed, Written, true, null), (task.State, task.ClosedAt, task.OnTime, task.OverdueSince));
        Assert.Equal("会议-2020-0001", task.ReportText);
        Assert.False(task.Attend(People.Office, "会议-2020-0001", Begins, Written));
    }

    [Fact]
    public void An_acknowledgement_that_came_too_late_stays_one()
    {
        var task = Tasks.Issue(Invitation);

        task.Attend(People.Office, "会议-2020-0001", Begins, Written);

        Assert.Equal((TaskState.Closed, task.AckBy), (task.State, task.AckBreachedAt));
        Assert.NotNull(task.AckBreachedAt);
    }

    [Fact]
    public void A_meeting_that_is_moved_takes_its_tasks_along()
    {
        var task = Tasks.In(TaskState.InProgress, Invitation);
        task.FireTimers(null, Begins.AddMinutes(1));

        Assert.True(task.MoveWith(People.Office, Begins.AddDays(2), "改期", Begins.AddHours(1)));

        Assert.Equal((Begins.AddDays(2), null, TaskState.InProgress), (task.DueAt, task.OverdueSince, task.State));
        Assert.Equal(0, task.FireTimers(null, Begins.AddDays(1)));
        Assert.True(task.FireTimers(null, Begins.AddDays(2)) > 0);
    }

    [Fact]
    public void The_time_to_acknowledge_never_ends_after_the_meeting_began()
    {
        var task = Tasks.Issue(Invitation);
        var earlier = task.AckBy!.Value.AddHours(-1);

        task.MoveWith(People.Office, earlier, "提前", Tasks.Start);

        Assert.Equal((earlier, earlier), (task.AckBy, task.DueAt));
    }

    [Theory]
    [InlineData(TaskState.Closed)]
    [InlineData(TaskState.PendingReview)]
    [InlineData(TaskState.Terminated)]
    public void What_has_left_the_unit_is_left_alone(TaskState state)
    {
        var task = Tasks.In(state);

        Assert.False(task.MoveWith(People.Office, Begins, "改期", Tasks.NowOf(task)));

        Assert.Empty(task.Recorded);
    }

    [Fact]
    public void Its_events_rebuild_it()
    {
        var task = Tasks.Issue(Invitation);
        task.Acknowledge(People.Liaison, Tasks.Now);
        task.MoveWith(People.Office, Begins.AddDays(1), "改期", Tasks.Now);
        task.Attend(People.Office, "会议-2020-0001", Begins.AddDays(1), Written.AddDays(1));

        var again = TaskInstance.Replay(task.Recorded.Select(recorded => recorded.Event));

        Assert.Equal((task.State, task.DueAt, task.OnTime, task.ClosedAt, task.Version), (again.State, again.DueAt, again.OnTime, again.ClosedAt, again.Version));
    }
}
