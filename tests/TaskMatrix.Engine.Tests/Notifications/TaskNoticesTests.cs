using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Overdue;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Overdue;
using TaskMatrix.Engine.Tests.Schedules;
using TaskMatrix.Engine.Tests.TaskInstances;
using People = TaskMatrix.Engine.Tests.Organisations.People;
using static TaskMatrix.Engine.TaskInstances.TaskActions;

namespace TaskMatrix.Engine.Tests.Notifications;

/// <summary>Whom each thing that happens to a task concerns.</summary>
public sealed class TaskNoticesTests
{
    [Theory]
    [InlineData(Issue, TaskState.Draft, "unit:education task-issued")]
    [InlineData(Decline, TaskState.PendingAck, "office task-declined")]
    [InlineData(Reassign, TaskState.Returned, "unit:health task-issued")]
    [InlineData(RefuseReturn, TaskState.Returned, "unit:education return-refused")]
    [InlineData(Submit, TaskState.InProgress, "head:education sign-wanted")]
    [InlineData(Sign, TaskState.PendingSignOff, "office review-wanted")]
    [InlineData(RefuseSignature, TaskState.PendingSignOff, "unit:education signature-refused")]
    [InlineData(Approve, TaskState.PendingReview, "")]
    [InlineData(Return, TaskState.PendingReview, "unit:education task-returned")]
    [InlineData(Resume, TaskState.Suspended, "unit:education task-resumed")]
    [InlineData(RequestExtension, TaskState.InProgress, "office extension-asked")]
    [InlineData(DecideExtension, TaskState.InProgress, "unit:education extension-granted")]
    [InlineData(Urge, TaskState.InProgress, "unit:education urged")]
    [InlineData(Terminate, TaskState.InProgress, "unit:education task-called-off")]
    [InlineData(Terminate, TaskState.Draft, "")]
    [InlineData(Reopen, TaskState.Closed, "unit:education task-reopened")]
    [InlineData(Progress, TaskState.InProgress, "")]
    [InlineData(Acknowledge, TaskState.PendingAck, "")]
    public void An_action_is_told_to_whom_it_concerns(string action, TaskState state, string told)
    {
        var task = Tasks.For(action, state);

        task.Do(action, Tasks.Now);

        Assert.Equal(told, Told(task, null));
    }

    [Fact]
    public void The_clock_tells_unit_office_and_leader_each_at_its_moment()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff);

        task.FireTimers(Ladders.Standard, Tasks.DueAt.AddDays(1));

        Assert.Equal("unit:education rung-remind, office task-overdue, unit:education rung-urge, leader rung-leader", Told(task, Ladders.Standard));
    }

    [Fact]
    public void The_review_of_the_offices_own_task_is_wanted_from_a_leader()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff with { LeadUnit = Actor.OfficeUnit, SignOffRequired = false });

        task.Submit(People.Of(Actor.OfficeUnit, Role.Liaison), Tasks.Done, Tasks.Now);

        Assert.Equal("leader review-wanted", Told(task, null));
    }

    [Fact]
    public void Quiet_hours_hold_what_a_rung_says_and_neither_the_breach_nor_its_message()
    {
        var quiet = Ladders.Standard with { Quiet = QuietHours.TryParse("22:00-07:00") };
        var due = China.At("2020-01-25 23:30");
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff with { DueAt = due });

        task.FireTimers(quiet, due);

        var notices = task.Recorded.SelectMany(happened => TaskNotices.Of(task, happened, quiet, China.Reckoning)).ToDictionary(notice => notice.Kind);
        Assert.Equal(due, task.OverdueSince);
        Assert.Equal(due, notices[NoticeKind.TaskOverdue].Release);
        Assert.Equal(China.At("2020-01-26 07:00"), notices[NoticeKind.RungUrge].Release);
    }

    [Fact]
    public void Everybody_finds_what_is_for_them_and_administrators_nothing()
    {
        Assert.Equal(["unit:education"], Recipient.Of(People.Liaison));
        Assert.Equal(["unit:education", "head:education"], Recipient.Of(People.Head));
        Assert.Equal(["office", "unit:leading-group-office"], Recipient.Of(People.Office));
        Assert.Equal(["leader", "unit:leading-group"], Recipient.Of(People.Leader));
        Assert.Equal(["inspector"], Recipient.Of(People.Inspector));
        Assert.Empty(Recipient.Of(People.SystemAdministrator));
        Assert.Equal(("unit:education", "office"), (Recipient.ChannelOf("head:education"), Recipient.ChannelOf("office")));
    }

    [Fact]
    public void Waiting_doubles_up_to_an_hour_and_ends_after_nine_attempts()
    {
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(1, 8).Select(failed => (int)BackOff.After(failed)!.Value.TotalMinutes));
        Assert.Null(BackOff.After(9));
    }

    private static string Told(TaskInstance task, EscalationLadder? ladder) => string.Join(", ", task.Recorded
        .SelectMany(happened => TaskNotices.Of(task, happened, ladder, China.Reckoning)).Select(notice => $"{notice.Address} {notice.Kind}"));
}
