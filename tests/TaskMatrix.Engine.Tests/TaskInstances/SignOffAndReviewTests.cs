using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;

namespace TaskMatrix.Engine.Tests.TaskInstances;

public sealed class SignOffAndReviewTests
{
    [Theory]
    [InlineData(true, true, TaskState.PendingSignOff)]
    [InlineData(true, false, TaskState.PendingSignOff)]
    [InlineData(false, true, TaskState.PendingReview)]
    [InlineData(false, false, TaskState.Closed)]
    public void A_submission_goes_straight_to_the_state_that_results(bool signOff, bool review, TaskState expected)
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.Order with { SignOffRequired = signOff, ReviewRequired = review });

        task.Submit(People.Liaison, Tasks.Done, Tasks.Now);

        Assert.Equal(expected, task.State);
        Assert.Equal(expected is TaskState.Closed ? Tasks.Now : null, task.ClosedAt);
        Assert.Equal(signOff ? null : Tasks.Now, task.LeftUnitAt);
    }

    [Theory]
    [InlineData(true, TaskState.PendingReview)]
    [InlineData(false, TaskState.Closed)]
    public void A_signature_goes_straight_to_the_state_that_results(bool review, TaskState expected)
    {
        var task = Tasks.In(TaskState.PendingSignOff, Tasks.Order with { ReviewRequired = review });

        task.Sign(People.Head, "同意", Tasks.Now);

        Assert.Equal(expected, task.State);
        Assert.Equal(expected is TaskState.Closed ? Tasks.Now : null, task.ClosedAt);
        Assert.Equal((Tasks.Now, People.Head.UserName), (task.LeftUnitAt, task.SignedBy));
    }

    [Fact]
    public void A_head_who_submitted_does_not_sign_but_another_head_does()
    {
        var task = Tasks.In(TaskState.InProgress);
        task.Submit(People.Head, Tasks.Done, Tasks.Now);

        Refusal.Forbidden(task, "task.not-allowed", () => task.Sign(People.Head, null, Tasks.Now));
        task.Sign(People.Head with { UserName = "taiping.education.deputy" }, null, Tasks.Now);

        Assert.Equal(TaskState.PendingReview, task.State);
    }

    [Fact]
    public void A_head_who_submitted_may_still_refuse_to_sign()
    {
        var task = Tasks.In(TaskState.InProgress);
        task.Submit(People.Head, Tasks.Done, Tasks.Now);

        task.RefuseSignature(People.Head, "数字不符", Tasks.Now);

        Assert.Equal((TaskState.InProgress, "数字不符", null), (task.State, task.Reason, task.LeftUnitAt));
    }

    [Fact]
    public void Whoever_submitted_does_not_approve_even_with_the_offices_role()
    {
        var both = People.Office with { Unit = "education", Roles = [Role.Office, Role.Liaison] };
        var task = Tasks.In(TaskState.InProgress, Tasks.Order with { SignOffRequired = false });
        task.Submit(both, Tasks.Done, Tasks.Now);

        Refusal.Forbidden(task, "task.not-allowed", () => task.Approve(both, null, Tasks.Now));
        task.Approve(People.Office with { UserName = "taiping.office.second" }, null, Tasks.Now);

        Assert.Equal(TaskState.Closed, task.State);
    }

    [Theory]
    [InlineData(TaskActions.Approve, TaskState.Closed)]
    [InlineData(TaskActions.Return, TaskState.InProgress)]
    public void The_offices_own_task_is_reviewed_by_a_leader_and_by_no_office(string action, TaskState expected)
    {
        var task = Tasks.In(TaskState.PendingReview, Tasks.Order with { LeadUnit = Actor.OfficeUnit });

        Refusal.Forbidden(task, "task.not-allowed", () => task.Do(action, People.Office, Tasks.Now));
        task.Do(action, People.Leader, Tasks.Now);

        Assert.Equal(expected, task.State);
    }

    [Fact]
    public void Approval_closes_now_and_leaves_the_moment_the_work_left_the_unit()
    {
        var task = Tasks.In(TaskState.PendingReview);

        task.Approve(People.Office, "同意", Tasks.Now.AddDays(5));

        Assert.Equal((Tasks.Now.AddDays(5), Tasks.Start), (task.ClosedAt, task.LeftUnitAt));
    }

    [Fact]
    public void A_submission_keeps_what_was_reported_and_every_file()
    {
        var task = Tasks.In(TaskState.InProgress);
        task.ReportProgress(People.Liaison, 40, "在办", ["scan", "photo"], Tasks.Now);
        Assert.Equal(40, task.Percent);

        task.Submit(People.Liaison, new Report("完成", "{}", ["photo", "table"], Outcome.NothingToReport), Tasks.Now);

        Assert.Equal(["scan", "photo", "table"], task.AttachmentIds);
        Assert.Equal(("完成", "{}", Outcome.NothingToReport, 100), (task.ReportText, task.ReportForm, task.Outcome, task.Percent));
    }

    [Fact]
    public void Evidence_where_required_may_come_with_progress_or_with_the_submission()
    {
        var order = Tasks.Order with { EvidenceRequired = true };
        var bare = Tasks.Done with { AttachmentIds = [] };
        var task = Tasks.In(TaskState.InProgress, order);

        Refusal.Conflict(task, "task.evidence-missing", () => task.Submit(People.Liaison, bare, Tasks.Now));
        task.ReportProgress(People.CoLiaison, 10, "", ["scan"], Tasks.Now);
        task.Submit(People.Liaison, bare, Tasks.Now);
        var other = Tasks.In(TaskState.InProgress, order);
        other.Submit(People.Liaison, Tasks.Done, Tasks.Now);

        Assert.Equal((TaskState.PendingSignOff, TaskState.PendingSignOff), (task.State, other.State));
    }

    [Theory]
    [InlineData(Outcome.NothingToReport)]
    [InlineData(Outcome.NotExecutable)]
    public void A_form_is_needed_only_for_work_that_was_done(Outcome outcome)
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.Order with { Form = "epidemic-daily" });

        Refusal.Conflict(task, "task.form-missing", () => task.Submit(People.Liaison, Tasks.Done with { Form = null }, Tasks.Now));
        task.Submit(People.Liaison, Tasks.Done with { Form = null, Outcome = outcome }, Tasks.Now);

        Assert.Equal(outcome, task.Outcome);
    }

    [Fact]
    public void A_hand_over_stays_inside_the_unit()
    {
        var task = Tasks.In(TaskState.InProgress);

        foreach (var outsider in new[] { People.CoLiaison, People.ForeignHead, People.Of("education", Role.Inspector) })
        {
            Refusal.Conflict(task, "task.hand-over-outside", () => task.HandOver(People.Liaison, outsider, "出差", Tasks.Now));
        }

        task.HandOver(People.Liaison, People.Head, "出差", Tasks.Now);

        Assert.Equal(People.Head.UserName, task.Assignee);
    }
}
