using TaskMatrix.Engine.Overdue;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;
using TaskMatrix.Engine.Tests.Schedules;
using TaskMatrix.Engine.Tests.TaskInstances;

namespace TaskMatrix.Engine.Tests.Overdue;

/// <summary>A new due time arms the whole ladder again, and only for the moments still ahead.</summary>
public sealed class RearmingTests
{
    private static readonly DateTimeOffset Reminded = Tasks.DueAt.AddHours(-3);
    private static readonly DateTimeOffset NewDue = Tasks.DueAt.AddDays(3);

    [Fact]
    public void A_granted_extension_arms_the_rungs_again()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff);
        task.FireTimers(Ladders.Standard, Reminded);
        task.RequestExtension(People.Liaison, "", "", NewDue, Reminded);

        Assert.Equal(0, task.FireTimers(Ladders.Standard, Tasks.DueAt.AddDays(1)));
        task.DecideExtension(People.Office, true, null, "", Tasks.DueAt.AddDays(1));

        Rings(task);
        Assert.Equal(NewDue, task.OverdueSince);
    }

    [Fact]
    public void A_refused_extension_lets_the_rungs_fire_that_it_held()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff, asked: true);
        task.DecideExtension(People.Office, false, null, "", Tasks.DueAt.AddDays(1));

        task.FireTimers(Ladders.Standard, Tasks.DueAt.AddDays(1));

        Assert.Equal((2, Tasks.DueAt), (task.EscalationLevel, task.OverdueSince));
    }

    [Fact]
    public void Returning_for_rework_arms_the_rungs_again()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff with { SignOffRequired = false });
        task.FireTimers(Ladders.Standard, Reminded);
        task.Submit(People.Liaison, Tasks.Done, Reminded);

        task.ReturnForRework(People.Office, "请补充", NewDue, Tasks.DueAt);

        Rings(task);
    }

    [Fact]
    public void Reassigning_arms_the_rungs_again()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff);
        task.FireTimers(Ladders.Standard, Tasks.DueAt);

        task.Reassign(People.Office, new NewOwner("health", null, null, null, NewDue), "改派", China.Reckoning, Tasks.DueAt);
        task.Acknowledge(People.CoLiaison, Tasks.DueAt);

        Rings(task);
    }

    [Fact]
    public void Refusing_a_return_arms_the_rungs_of_the_time_to_acknowledge_again()
    {
        var task = Tasks.In(TaskState.PendingAck, Tasks.OneOff);
        task.FireTimers(Ladders.Strict, Tasks.AckBy);
        task.Decline(People.Liaison, "非本单位职责", null, Tasks.AckBy);
        var refusedAt = Tasks.AckBy.AddHours(1);

        task.RefuseReturn(People.Office, "", China.Reckoning, refusedAt);

        Assert.Equal(new TaskTimer(refusedAt.AddHours(4), "ack-urge"), task.NextTimer(Ladders.Strict));
    }

    [Fact]
    public void A_renewed_time_to_acknowledge_fires_no_rung_that_lies_before_it_began()
    {
        var early = new EscalationLadder("early", "", "", [new Rung("early", RungAnchor.Acknowledge, TimeSpan.FromHours(-5), 0, RungRecipient.Unit)]);
        var (refused, reassigned) = (Tasks.In(TaskState.Returned), Tasks.In(TaskState.Returned));

        refused.RefuseReturn(People.Office, "", China.Reckoning, Tasks.Start.AddHours(2));
        reassigned.Do(TaskActions.Reassign, Tasks.Start.AddHours(2));

        Assert.Equal((0, 0), (refused.FireTimers(early, Tasks.Start.AddHours(2)), reassigned.FireTimers(early, Tasks.Start.AddHours(2))));
    }

    [Fact]
    public void Resuming_arms_the_rungs_again()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff);
        task.FireTimers(Ladders.Standard, Reminded);
        task.Suspend(People.Office, "等待物资", null, China.Reckoning, Tasks.DueAt.AddDays(-1));

        task.Resume(People.Office, China.Reckoning, NewDue.AddDays(-1));

        Rings(task);
    }

    [Fact]
    public void Reopening_arms_the_rungs_again()
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff with { SignOffRequired = false, ReviewRequired = false });
        task.FireTimers(Ladders.Standard, Reminded);
        task.Submit(People.Liaison, Tasks.Done, Reminded);

        task.Reopen(People.Office, "核查", NewDue, Tasks.DueAt);

        Rings(task);
    }

    private static void Rings(TaskInstance task)
    {
        task.ForgetRecorded();

        task.FireTimers(Ladders.Standard, NewDue.AddDays(1));

        Assert.Equal(
            [("remind", NewDue.AddHours(-4)), ("urge", NewDue), ("leader", NewDue.AddDays(1))],
            task.Recorded.Select(recorded => recorded.Event).OfType<Escalated>().Select(rung => (rung.Rung, rung.Moment)));
    }
}
