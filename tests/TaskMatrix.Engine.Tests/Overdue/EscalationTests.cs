using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Overdue;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;
using TaskMatrix.Engine.Tests.TaskInstances;

namespace TaskMatrix.Engine.Tests.Overdue;

public sealed class EscalationTests
{
    private static readonly DateTimeOffset LeaderAt = Tasks.DueAt.AddDays(1);

    [Fact]
    public void Climbs_the_ladder_in_order_of_time_with_each_breach_before_the_rung_of_its_moment()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff);

        Assert.Equal(4, task.FireTimers(Ladders.Standard, LeaderAt));

        Assert.Equal(["remind", "overdue", "urge", "leader"], Fired(task));
        Assert.Equal(
            [Tasks.DueAt.AddHours(-4), Tasks.DueAt, LeaderAt],
            task.Recorded.Select(recorded => recorded.Event).OfType<Escalated>().Select(rung => rung.Moment));
        Assert.Equal(0, task.FireTimers(Ladders.Standard, LeaderAt.AddDays(9)));
    }

    [Fact]
    public void Fires_a_rung_at_its_moment_and_not_before()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff);
        var remind = Tasks.DueAt.AddHours(-4);

        Assert.Equal(new TaskTimer(remind, "remind"), task.NextTimer(Ladders.Standard));
        Assert.Equal(0, task.FireTimers(Ladders.Standard, remind.AddTicks(-1)));
        Assert.Equal(1, task.FireTimers(Ladders.Standard, remind));
    }

    [Fact]
    public void The_level_is_the_highest_rung_after_a_breach_and_a_reminder_raises_none()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff);

        task.FireTimers(Ladders.Standard, Tasks.DueAt.AddTicks(-1));
        var reminded = task.EscalationLevel;
        task.FireTimers(Ladders.Standard, Tasks.DueAt);
        var urged = task.EscalationLevel;
        task.FireTimers(Ladders.Standard, LeaderAt);

        Assert.Equal((0, 1, 2), (reminded, urged, task.EscalationLevel));
    }

    [Fact]
    public void A_rung_before_the_breach_raises_no_level_whatever_the_ladder_gives_it()
    {
        var early = new EscalationLadder("early", "", "", [new Rung("early", RungAnchor.Due, TimeSpan.FromHours(-1), 3, RungRecipient.Unit)]);
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff);

        task.FireTimers(early, Tasks.DueAt);

        Assert.Equal(["early", "overdue"], Fired(task));
        Assert.Equal(0, task.EscalationLevel);
    }

    [Fact]
    public void The_level_never_falls()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff);
        task.FireTimers(Ladders.Standard, LeaderAt);
        task.Reassign(People.Office, new NewOwner("education", null, null, null, LeaderAt.AddDays(1)), "改派", Schedules.China.Reckoning, LeaderAt);

        task.FireTimers(Ladders.Standard, LeaderAt.AddDays(1));

        Assert.Equal(2, task.EscalationLevel);
    }

    [Theory]
    [InlineData(TaskState.InProgress, "education", "leading-group")]
    [InlineData(TaskState.Returned, "leading-group-office", "leading-group-office")]
    public void Speaks_to_the_unit_then_to_the_leader_and_to_the_office_while_the_next_move_is_its_own(
        TaskState state, string urged, string leader)
    {
        var task = Tasks.In(state, Tasks.OneOff);

        task.FireTimers(Ladders.Standard, LeaderAt);

        var rungs = task.Recorded.Select(recorded => recorded.Event).OfType<Escalated>().ToDictionary(rung => rung.Rung, rung => rung.Recipient);
        Assert.Equal((urged, leader), (rungs["urge"], rungs["leader"]));
        Assert.Equal("leading-group-office", Actor.OfficeUnit);
    }

    [Fact]
    public void Watches_the_time_to_acknowledge_only_until_it_is_acknowledged()
    {
        var (waiting, prompt) = (Tasks.In(TaskState.PendingAck, Tasks.OneOff), Tasks.In(TaskState.PendingAck, Tasks.OneOff));
        prompt.Acknowledge(People.Liaison, Tasks.Now);

        waiting.FireTimers(Ladders.Strict, Tasks.AckBy.AddHours(2));
        prompt.FireTimers(Ladders.Strict, Tasks.AckBy.AddHours(2));

        Assert.Equal(["ack-breach", "ack-urge", "ack-leader"], Fired(waiting));
        Assert.Equal(["acknowledge"], Fired(prompt));
        Assert.Equal((2, 0), (waiting.EscalationLevel, prompt.EscalationLevel));
    }

    [Fact]
    public void Fires_every_rung_of_one_moment()
    {
        var task = Tasks.In(TaskState.PendingAck, Tasks.OneOff with { AckBy = Tasks.DueAt });

        task.FireTimers(Ladders.Strict, Tasks.DueAt);

        Assert.Equal(["remind", "ack-breach", "overdue", "ack-urge", "urge"], Fired(task));
        Assert.Equal(0, task.FireTimers(Ladders.Strict, Tasks.DueAt.AddHours(1)));
    }

    [Fact]
    public void Skips_rungs_whose_moment_was_before_the_issue()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff with { AckBy = null, AckWithin = "PT1H", DueAt = Tasks.Start.AddHours(3) });

        task.FireTimers(Ladders.Standard, Tasks.Start.AddHours(3));

        Assert.Equal(["overdue", "urge"], Fired(task));
    }

    [Theory]
    [InlineData(TaskState.PendingReview)]
    [InlineData(TaskState.Closed)]
    [InlineData(TaskState.Suspended)]
    [InlineData(TaskState.Missed)]
    [InlineData(TaskState.NotApplicable)]
    [InlineData(TaskState.Terminated)]
    [InlineData(TaskState.Draft)]
    public void Is_silent_where_the_unit_has_nothing_to_do(TaskState state)
    {
        var task = Tasks.In(state);

        Assert.Null(task.NextTimer(Ladders.Strict));
        Assert.Equal(0, task.FireTimers(Ladders.Strict, Tasks.CutOff.AddDays(30)));
    }

    [Fact]
    public void A_task_without_a_ladder_still_notes_its_breaches()
    {
        var task = Tasks.In(TaskState.PendingAck, Tasks.OneOff);

        task.FireTimers(null, LeaderAt);

        Assert.Equal(["ack-breach", "overdue"], Fired(task));
        Assert.Equal(0, task.EscalationLevel);
    }

    [Fact]
    public void Urging_by_hand_does_not_count()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff);
        task.FireTimers(null, Tasks.DueAt);

        task.Urge(People.Office, "请抓紧", Tasks.DueAt);

        Assert.Equal(0, task.EscalationLevel);
    }

    private static List<string> Fired(TaskInstance task) =>
        [.. task.Recorded.Select(recorded => recorded.Event is Escalated rung ? rung.Rung : recorded.Action)];
}
