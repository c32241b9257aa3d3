using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;
using TaskMatrix.Engine.Tests.Schedules;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>挂起 keeps the time that remains; a breach that happened stays.</summary>
public sealed class SuspensionTests
{
    [Fact]
    public void Keeps_the_natural_time_that_remains_to_acknowledge_and_to_do()
    {
        var task = Tasks.In(TaskState.PendingAck);

        Suspend(task, Tasks.AckBy.AddHours(-1));
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromHours(45)), (task.RemainingAck, task.RemainingDue));
        Resume(task, Tasks.Start.AddDays(5));

        Assert.Equal((Tasks.Start.AddDays(5).AddHours(1), Tasks.Start.AddDays(5).AddHours(45)), (task.AckBy, task.DueAt));
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero, null), (task.RemainingAck, task.RemainingDue, task.StateBeforeSuspension));
    }

    [Fact]
    public void Keeps_the_working_time_that_remains()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff with { Calendar = "working", DueAt = China.At("2020-02-03 10:30") });

        Suspend(task, China.At("2020-01-23 16:00"));
        Assert.Equal(TimeSpan.FromHours(3), task.RemainingDue);
        Resume(task, China.At("2020-02-05 16:00"));

        Assert.Equal(China.At("2020-02-06 10:30"), task.DueAt);
    }

    [Fact]
    public void Never_shortens_the_time_there_was()
    {
        var midnight = China.At("2020-02-04 00:00");
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff with { Calendar = "working", DueAt = midnight });

        Suspend(task, China.At("2020-02-03 12:00"));
        Resume(task, China.At("2020-02-03 12:05"));

        Assert.Equal(midnight, task.DueAt);
    }

    [Theory]
    [InlineData(TaskState.PendingAck)]
    [InlineData(TaskState.InProgress)]
    public void Resumes_to_the_state_before(TaskState before)
    {
        var task = Tasks.In(before);

        Suspend(task, Tasks.Now);
        Assert.Equal((TaskState.Suspended, before), (task.State, task.StateBeforeSuspension));
        Resume(task, Tasks.Now);

        Assert.Equal(before, task.State);
    }

    [Fact]
    public void Does_nothing_by_itself_while_it_is_suspended()
    {
        var task = Tasks.In(TaskState.Suspended);

        Assert.Null(task.NextTimer(null));
        Assert.Equal(0, task.FireTimers(null, Tasks.CutOff.AddDays(30)));
    }

    [Fact]
    public void Keeps_breaches_that_happened_before_it()
    {
        var task = Tasks.In(TaskState.PendingAck, Tasks.OneOff);

        Suspend(task, Tasks.DueAt.AddHours(1));
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (task.RemainingAck, task.RemainingDue));
        Resume(task, Tasks.DueAt.AddDays(3));

        Assert.Equal((Tasks.AckBy, Tasks.DueAt), (task.AckBreachedAt, task.OverdueSince));
        Assert.Equal((Tasks.AckBy, Tasks.DueAt), (task.AckBy, task.DueAt));
    }

    [Fact]
    public void Moves_the_cut_off_along_with_due()
    {
        var task = Tasks.In(TaskState.Suspended);

        Resume(task, Tasks.Start.AddDays(1));

        Assert.Equal((Tasks.DueAt.AddDays(1), Tasks.CutOff.AddDays(1)), (task.DueAt, task.MissedBy));
    }

    [Fact]
    public void Reassigning_a_suspended_task_gives_the_time_that_remained()
    {
        var task = Tasks.In(TaskState.Suspended);

        task.Do(TaskActions.Reassign, Tasks.Start.AddDays(1));

        Assert.Equal((TaskState.PendingAck, Tasks.DueAt.AddDays(1), null), (task.State, task.DueAt, task.StateBeforeSuspension));
    }

    private static void Suspend(TaskInstance task, DateTimeOffset now) =>
        task.Suspend(People.Office, "等待物资", null, China.Reckoning, now);

    private static void Resume(TaskInstance task, DateTimeOffset now) => task.Resume(People.Office, China.Reckoning, now);
}
