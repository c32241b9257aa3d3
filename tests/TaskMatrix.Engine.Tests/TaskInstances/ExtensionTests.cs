using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>延期: a request made in time holds breach and rungs until the office decides.</summary>
public sealed class ExtensionTests
{
    private static readonly DateTimeOffset Wished = Tasks.DueAt.AddDays(2);
    private static readonly DateTimeOffset AfterDue = Tasks.DueAt.AddHours(3);

    [Fact]
    public void A_request_keeps_due_as_it_is_and_holds_what_would_happen_then()
    {
        var task = Asked();

        Assert.Null(task.NextTimer(null));
        Assert.Equal(0, task.FireTimers(null, Tasks.CutOff.AddDays(1)));
        Assert.Equal((TaskState.InProgress, Tasks.DueAt, 0), (task.State, task.DueAt, task.Extensions));
        Assert.Equal(new ExtensionRequest("人手不足", "过半", Wished, Tasks.Now), task.PendingExtension);
    }

    [Fact]
    public void A_request_at_exactly_due_is_too_late()
    {
        var task = Tasks.In(TaskState.InProgress);

        Refusal.Conflict(task, "task.extension-too-late", () => Ask(task, Tasks.DueAt));
        Ask(task, Tasks.DueAt.AddTicks(-1));

        Assert.NotNull(task.PendingExtension);
    }

    [Fact]
    public void A_request_is_for_a_later_date_and_one_at_a_time()
    {
        var task = Tasks.In(TaskState.InProgress);

        Refusal.Conflict(task, "task.extension-not-later", () => task.RequestExtension(People.Liaison, "", "", Tasks.DueAt, Tasks.Now));
        Ask(task, Tasks.Now);
        Refusal.Conflict(task, "task.extension-pending", () => Ask(task, Tasks.Now));
    }

    [Fact]
    public void A_grant_moves_due_to_the_date_asked_for_and_leaves_no_breach()
    {
        var task = Asked();

        task.DecideExtension(People.Office, true, null, "同意", AfterDue);

        Assert.Equal((Wished, 1, null, null), (task.DueAt, task.Extensions, task.PendingExtension, task.OverdueSince));
        Assert.Equal(Tasks.CutOff.AddDays(2), task.MissedBy);
        Assert.Equal(new TaskTimer(Wished, "due"), task.NextTimer(null));
    }

    [Fact]
    public void A_grant_may_name_another_date_but_none_before_due()
    {
        var task = Asked();

        Refusal.Conflict(task, "task.extension-not-later", () => task.DecideExtension(People.Office, true, Tasks.DueAt, "", Tasks.Now));
        task.DecideExtension(People.Office, true, Tasks.DueAt.AddDays(1), "先延一天", Tasks.Now);

        Assert.Equal(Tasks.DueAt.AddDays(1), task.DueAt);
    }

    [Fact]
    public void A_refusal_after_due_makes_it_overdue_since_the_old_due()
    {
        var task = Asked();

        task.DecideExtension(People.Office, false, null, "不同意", AfterDue);

        Assert.Equal((Tasks.DueAt, Tasks.DueAt, 0, null), (task.OverdueSince, task.DueAt, task.Extensions, task.PendingExtension));
    }

    [Fact]
    public void A_refusal_at_exactly_due_finds_it_overdue()
    {
        var task = Asked();

        task.DecideExtension(People.Office, false, null, "不同意", Tasks.DueAt);

        Assert.Equal(Tasks.DueAt, task.OverdueSince);
    }

    [Fact]
    public void A_refusal_before_due_leaves_the_time_there_is()
    {
        var task = Asked();

        task.DecideExtension(People.Office, false, Wished, "不同意", Tasks.DueAt.AddTicks(-1));

        Assert.Equal((null, Tasks.DueAt), (task.OverdueSince, task.DueAt));
        Assert.Equal(new TaskTimer(Tasks.DueAt, "due"), task.NextTimer(null));
    }

    [Fact]
    public void There_is_nothing_to_decide_without_a_request()
    {
        var task = Tasks.In(TaskState.InProgress);

        Refusal.Conflict(task, "task.no-extension-request", () => task.DecideExtension(People.Office, true, Wished, "", Tasks.Now));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Work_that_left_late_while_the_office_thought_is_judged_by_its_decision(bool granted, bool onTime)
    {
        var task = Asked();
        task.Submit(People.Liaison, Tasks.Done, AfterDue);
        task.Sign(People.Head, null, AfterDue);
        Assert.Null(task.OnTime);

        task.DecideExtension(People.Office, granted, null, "", AfterDue.AddHours(1));

        Assert.Equal((onTime, granted ? null : Tasks.DueAt), (task.OnTime, task.OverdueSince));
        Assert.Equal(TaskState.PendingReview, task.State);
    }

    [Fact]
    public void Work_that_left_in_time_needs_no_decision_to_be_on_time()
    {
        var task = Asked();
        task.Submit(People.Liaison, Tasks.Done, Tasks.Now);
        task.Sign(People.Head, null, Tasks.Now);
        Assert.True(task.OnTime);

        task.DecideExtension(People.Office, false, null, "", AfterDue);

        Assert.Equal((true, null), (task.OnTime, task.OverdueSince));
    }

    [Fact]
    public void A_closed_task_refused_its_extension_was_late()
    {
        var task = Asked();
        task.Submit(People.Liaison, Tasks.Done, AfterDue);
        task.Sign(People.Head, null, AfterDue);
        task.Approve(People.Office, null, AfterDue);

        task.DecideExtension(People.Office, false, null, "", AfterDue.AddDays(1));

        Assert.Equal((TaskState.Closed, false, Tasks.DueAt), (task.State, task.OnTime, task.OverdueSince));
    }

    [Fact]
    public void A_request_does_not_hold_the_time_to_acknowledge()
    {
        var task = Tasks.In(TaskState.PendingAck, asked: true);

        task.FireTimers(null, AfterDue);

        Assert.Equal((Tasks.AckBy, null), (task.AckBreachedAt, task.OverdueSince));
    }

    [Fact]
    public void A_date_granted_while_the_task_is_suspended_still_holds_when_it_resumes()
    {
        var task = Asked();
        task.Do(TaskActions.Suspend, Tasks.Now);
        task.DecideExtension(People.Office, true, Wished, "同意", Tasks.Now);

        task.Do(TaskActions.Resume, Tasks.Now.AddHours(1));

        Assert.Equal(Wished, task.DueAt);
    }

    [Fact]
    public void A_new_due_time_at_a_return_settles_what_was_asked_for()
    {
        var task = Asked();
        task.Submit(People.Liaison, Tasks.Done, AfterDue);
        task.Sign(People.Head, null, AfterDue);

        task.ReturnForRework(People.Office, "补充材料", Wished, AfterDue.AddHours(1));

        Assert.Null(task.PendingExtension);
        Assert.Equal(new TaskTimer(Wished, "due"), task.NextTimer(null));
    }

    private static TaskInstance Asked()
    {
        var task = Tasks.In(TaskState.InProgress);
        Ask(task, Tasks.Now);
        return task;
    }

    private static void Ask(TaskInstance task, DateTimeOffset now) =>
        task.RequestExtension(People.Liaison, "人手不足", "过半", Wished, now);
}
