using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.Overdue;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;
using TaskMatrix.Engine.Tests.Schedules;
using TaskMatrix.Engine.Tests.TaskInstances;

namespace TaskMatrix.Engine.Tests.Overdue;

/// <summary>Repetition, kinds and recipients of rungs.</summary>
public sealed class RungTests
{
    private static readonly EscalationLadder Insisting = new("insisting", "", "",
    [
        new Rung("urge", RungAnchor.Due, TimeSpan.Zero, 1, RungRecipient.Unit) { Repeat = new RungRepeat(TimeSpan.FromHours(6), 3) },
        new Rung("head", RungAnchor.Due, TimeSpan.FromHours(8), 2, RungRecipient.Head),
        new Rung("inspector", RungAnchor.Due, TimeSpan.FromHours(12), 3, RungRecipient.Inspector),
    ]);

    [Fact]
    public void A_rung_repeats_at_its_interval_and_no_more_often_than_it_says()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff);

        task.FireTimers(Insisting, Tasks.DueAt.AddDays(9));

        var rungs = Rungs(task);
        Assert.Equal(["urge", "urge", "head", "urge", "inspector", "urge"], rungs.Select(rung => rung.Rung));
        Assert.Equal(rungs.Select(rung => rung.Moment).Order(), rungs.Select(rung => rung.Moment));
        Assert.Equal(new int?[] { null, 1, 2, 3 }, rungs.Where(rung => rung.Rung == "urge").Select(rung => rung.Round));
        Assert.Null(task.NextTimer(Insisting));
    }

    [Fact]
    public void What_is_done_ends_the_repetition()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff with { SignOffRequired = false });
        task.FireTimers(Insisting, Tasks.DueAt.AddHours(1));

        task.Submit(People.Liaison, Tasks.Done, Tasks.DueAt.AddHours(2));

        Assert.Null(task.NextTimer(Insisting));
        Assert.Equal(0, task.FireTimers(Insisting, Tasks.DueAt.AddDays(9)));
    }

    [Fact]
    public void An_extension_granted_moves_every_rung_and_every_repetition()
    {
        var (task, later) = (Tasks.In(TaskState.InProgress, Tasks.OneOff), Tasks.DueAt.AddDays(5));
        task.RequestExtension(People.Liaison, "", "", later, Tasks.DueAt.AddHours(-1));
        task.DecideExtension(People.Office, true, null, "", Tasks.DueAt.AddHours(-1));
        task.ForgetRecorded();

        task.FireTimers(Insisting, later.AddDays(9));

        Assert.All(Rungs(task), rung => Assert.True(rung.Moment >= later));
        Assert.Equal(6, Rungs(task).Count);
    }

    [Fact]
    public void Suspending_never_erases_a_breach_and_silences_the_ladder_until_work_goes_on()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff);
        task.FireTimers(Insisting, Tasks.DueAt);

        task.Suspend(People.Office, "等待", null, China.Reckoning, Tasks.DueAt.AddHours(1));
        Assert.Equal((Tasks.DueAt, 1), (task.OverdueSince, task.EscalationLevel));
        Assert.Equal(0, task.FireTimers(Insisting, Tasks.DueAt.AddHours(30)));
        task.Resume(People.Office, China.Reckoning, Tasks.DueAt.AddHours(30));

        Assert.Equal((Tasks.DueAt, 1), (task.OverdueSince, task.EscalationLevel));
    }

    [Fact]
    public void Each_recipient_is_named_with_its_unit()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff);

        task.FireTimers(Insisting, Tasks.DueAt.AddHours(12));

        Assert.Equal(
            [("urge", RungRecipient.Unit, "education"), ("head", RungRecipient.Head, "education"), ("inspector", RungRecipient.Inspector, "leading-group")],
            Rungs(task).DistinctBy(rung => rung.Rung).Select(rung => (rung.Rung, rung.To!.Value, rung.Recipient)));
    }

    [Theory]
    [InlineData(0, RungRecipient.Unit, RungKind.Remind)]
    [InlineData(1, RungRecipient.Unit, RungKind.Urge)]
    [InlineData(2, RungRecipient.Leader, RungKind.NotifyLeader)]
    public void A_ladder_that_names_no_kind_means_what_it_meant(int level, RungRecipient to, RungKind kind) =>
        Assert.Equal(kind, new Rung("r", RungAnchor.Due, TimeSpan.Zero, level, to).Kind);

    [Theory]
    [InlineData("2020-01-23 21:59", "2020-01-23 21:59")]
    [InlineData("2020-01-23 22:00", "2020-01-24 07:00")]
    [InlineData("2020-01-24 03:10", "2020-01-24 07:00")]
    [InlineData("2020-01-24 07:00", "2020-01-24 07:00")]
    public void Quiet_hours_hold_a_message_until_they_end(string at, string given) =>
        Assert.Equal(China.At(given), QuietHours.TryParse("22:00-07:00")!.Release(China.At(at), China.Reckoning));

    [Theory]
    [InlineData("12:30-13:30", "2020-01-24 13:00", "2020-01-24 13:30")]
    [InlineData("12:30-13:30", "2020-01-24 14:00", "2020-01-24 14:00")]
    public void They_may_lie_within_a_day(string hours, string at, string given) =>
        Assert.Equal(China.At(given), QuietHours.TryParse(hours)!.Release(China.At(at), China.Reckoning));

    [Theory]
    [InlineData("22:00")]
    [InlineData("22:00-22:00")]
    [InlineData("22-7")]
    [InlineData("24:00-07:00")]
    public void What_is_not_two_times_of_day_is_refused(string text) => Assert.Null(QuietHours.TryParse(text));

    private static List<Escalated> Rungs(TaskInstance task) => [.. task.Recorded.Select(recorded => recorded.Event).OfType<Escalated>()];
}
