using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;

namespace TaskMatrix.Engine.Tests.TaskInstances;

public sealed class CorrectionTests
{
    private static readonly TaskIssue DailyReport = Tasks.Order with { Form = "epidemic-daily", ReviewRequired = false };

    private static readonly Report TwoCases = new("更正为两例", """{"cases":2}""", [], Outcome.Done);

    [Fact]
    public void A_correction_waits_for_its_signature_and_the_old_version_counts_until_then()
    {
        var task = Tasks.In(TaskState.Closed, DailyReport);
        var (closed, onTime, signer) = (task.ClosedAt, task.OnTime, task.SignedBy);

        task.Correct(People.Liaison, TwoCases, "漏计", Tasks.CutOff);

        Assert.Equal(("""{"cases":0}""", 0, null), (task.ReportForm, task.Corrections, task.CorrectedAt));
        Assert.Equal(("""{"cases":2}""", "漏计"), (task.PendingCorrection!.Form, task.PendingCorrection.Reason));

        task.Sign(People.Head, null, Tasks.CutOff.AddHours(1));

        Assert.Equal(("""{"cases":2}""", "更正为两例", 1, Tasks.CutOff.AddHours(1)), (task.ReportForm, task.ReportText, task.Corrections, task.CorrectedAt));
        Assert.Null(task.PendingCorrection);
        Assert.Equal((TaskState.Closed, closed, onTime, signer), (task.State, task.ClosedAt, task.OnTime, task.SignedBy));
    }

    [Fact]
    public void Without_sign_off_a_correction_counts_at_once()
    {
        var task = Tasks.In(TaskState.Closed, DailyReport with { SignOffRequired = false });

        task.Correct(People.Liaison, TwoCases, "漏计", Tasks.Now);

        Assert.Equal(("""{"cases":2}""", 1, Tasks.Now), (task.ReportForm, task.Corrections, task.CorrectedAt));
        Assert.Null(task.PendingCorrection);
    }

    [Fact]
    public void Who_wrote_a_correction_does_not_sign_it_though_another_submitted_the_report()
    {
        var task = Tasks.In(TaskState.Closed, DailyReport);
        var both = People.Liaison with { UserName = "taiping.education.both", Roles = [Role.Liaison, Role.Head] };
        task.Correct(both, TwoCases, "漏计", Tasks.Now);

        Refusal.Forbidden(task, "task.not-allowed", () => task.Sign(both, null, Tasks.Now));
        Assert.DoesNotContain(TaskActions.Sign, task.AllowedActions(both, Tasks.Now));
        task.Sign(People.Head, null, Tasks.Now);

        Assert.Equal(1, task.Corrections);
    }

    [Fact]
    public void A_head_signs_corrections_and_writes_none()
    {
        var task = Tasks.In(TaskState.Closed, DailyReport);

        Refusal.Forbidden(task, "task.not-allowed", () => task.Correct(People.Head, TwoCases, "漏计", Tasks.Now));

        Assert.DoesNotContain(TaskActions.Correct, task.AllowedActions(People.Head, Tasks.Now));
        Assert.Contains(TaskActions.Correct, task.AllowedActions(People.Liaison, Tasks.Now));
    }

    [Fact]
    public void Whoever_submitted_may_sign_a_correction_that_another_wrote()
    {
        var task = Tasks.In(TaskState.InProgress, DailyReport);
        task.Submit(People.Head, Tasks.Done, Tasks.Now);
        task.Sign(People.Head with { UserName = "taiping.education.deputy" }, null, Tasks.Now);
        task.Correct(People.Liaison, TwoCases, "漏计", Tasks.Now);

        task.Sign(People.Head, null, Tasks.Now);

        Assert.Equal(1, task.Corrections);
    }

    [Fact]
    public void A_refused_correction_leaves_the_report_as_it_was_and_another_may_follow()
    {
        var task = Tasks.In(TaskState.Closed, DailyReport);
        task.Correct(People.Liaison, TwoCases, "漏计", Tasks.Now);

        task.RefuseSignature(People.Head, "数字不符", Tasks.Now);

        Assert.Equal((TaskState.Closed, """{"cases":0}""", 0, "数字不符"), (task.State, task.ReportForm, task.Corrections, task.Reason));
        task.Correct(People.Liaison, TwoCases, "再次核实", Tasks.Now);
        Assert.Equal("再次核实", task.PendingCorrection!.Reason);
    }

    [Fact]
    public void One_correction_at_a_time_only_of_a_report_with_a_form_and_with_its_form_filled()
    {
        var task = Tasks.In(TaskState.Closed, DailyReport);
        Refusal.Conflict(task, "task.form-missing", () => task.Correct(People.Liaison, TwoCases with { Form = null }, "漏计", Tasks.Now));
        Refusal.Conflict(task, "task.no-correction", () => task.Sign(People.Head, null, Tasks.Now));
        Refusal.Conflict(task, "task.no-correction", () => task.RefuseSignature(People.Head, "不符", Tasks.Now));
        task.Correct(People.Liaison, TwoCases, "漏计", Tasks.Now);
        task.ForgetRecorded();

        Refusal.Conflict(task, "task.correction-pending", () => task.Correct(People.Liaison, TwoCases, "漏计", Tasks.Now));
        var bare = Tasks.In(TaskState.Closed);
        Refusal.Conflict(bare, "task.no-form", () => bare.Correct(People.Liaison, TwoCases, "漏计", Tasks.Now));
        Assert.DoesNotContain(TaskActions.Correct, bare.AllowedActions(People.Liaison, Tasks.Now));
    }

    [Fact]
    public void A_correction_may_say_that_there_was_nothing()
    {
        var task = Tasks.In(TaskState.Closed, DailyReport with { SignOffRequired = false });

        task.Correct(People.Liaison, new Report("无情况", null, [], Outcome.NothingToReport), "误报", Tasks.Now);

        Assert.Equal((null, Outcome.NothingToReport), (task.ReportForm, task.Outcome));
    }

    [Fact]
    public void Reopening_drops_a_correction_that_waits()
    {
        var task = Tasks.In(TaskState.Closed, DailyReport);
        task.Correct(People.Liaison, TwoCases, "漏计", Tasks.Now);

        task.Reopen(People.Office, "重报", Tasks.CutOff.AddDays(1), Tasks.Now);

        Assert.Null(task.PendingCorrection);
        task.Submit(People.Liaison, Tasks.Done, Tasks.Now);
        task.Sign(People.Head, null, Tasks.Now);
        Assert.Equal((TaskState.Closed, 0), (task.State, task.Corrections));
    }

    [Fact]
    public void The_versions_of_a_report_stand_in_its_events_and_one_of_them_counts()
    {
        var task = Tasks.Issue(DailyReport);
        task.Acknowledge(People.Liaison, Tasks.Now);
        task.Submit(People.Liaison, Tasks.Done, Tasks.Now);
        task.Sign(People.Head, null, Tasks.Now);
        task.Correct(People.Liaison, TwoCases, "漏计", Tasks.Now);
        task.RefuseSignature(People.Head, "不符", Tasks.Now);
        task.Correct(People.Liaison, TwoCases with { Form = """{"cases":3}""" }, "再核", Tasks.Now);
        IReadOnlyList<ReportVersion> Versions() => ReportVersion.Of(task.Recorded.Select(recorded => recorded.Event), signOffRequired: true);

        Assert.Equal([(1, false, true), (2, true, false), (3, true, false)], Versions().Select(version => (version.Version, version.IsCorrection, version.Counts)));
        task.Sign(People.Head, null, Tasks.CutOff);

        Assert.Equal([false, false, true], Versions().Select(version => version.Counts));
        Assert.Equal([People.Head.UserName, null, People.Head.UserName], Versions().Select(version => version.SignedBy));
        Assert.Equal([null, "漏计", "再核"], Versions().Select(version => version.Reason));
    }
}
