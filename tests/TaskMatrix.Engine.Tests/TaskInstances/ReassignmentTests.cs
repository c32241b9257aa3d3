using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;
using TaskMatrix.Engine.Tests.Schedules;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>Not ours: declined, reassigned, or sent back to the unit that declined.</summary>
public sealed class ReassignmentTests
{
    private static readonly NewOwner ToHealth = new("health", "区卫健局局长", null, null, null);

    [Fact]
    public void A_declined_task_waits_for_the_office_and_its_clock_runs_on()
    {
        var task = Tasks.In(TaskState.PendingAck);

        task.Decline(People.Liaison, "非本单位职责", "health", Tasks.Now);
        task.FireTimers(null, Tasks.CutOff);

        Assert.Equal((TaskState.Returned, "health", "非本单位职责"), (task.State, task.ProposedUnit, task.Reason));
        Assert.Equal((Tasks.DueAt, null, null), (task.OverdueSince, task.AckBreachedAt, task.MissedAt));
    }

    [Fact]
    public void Reassigning_renews_the_time_to_acknowledge_and_keeps_due()
    {
        var task = Tasks.In(TaskState.Returned);

        Reassign(task, ToHealth, Tasks.Start.AddDays(1));

        Assert.Equal((TaskState.PendingAck, "health", "区卫健局局长"), (task.State, task.LeadUnit, task.AccountablePost));
        Assert.Equal((Tasks.Start.AddDays(1).AddHours(4), Tasks.DueAt), (task.AckBy, task.DueAt));
        Assert.Equal((null, null, null), (task.Assignee, task.AcknowledgedAt, task.ProposedUnit));
    }

    [Fact]
    public void The_new_lead_unit_is_no_co_unit_any_more_and_the_old_one_has_no_part()
    {
        var task = Tasks.In(TaskState.InProgress);

        Reassign(task, ToHealth, Tasks.Now);

        Assert.Equal(["publicity"], task.CoUnits.Select(co => co.Unit));
        Refusal.Forbidden(task, "task.not-owner", () => task.Acknowledge(People.Liaison, Tasks.Now));
        task.Acknowledge(People.CoLiaison, Tasks.Now);
        Assert.Equal(People.CoLiaison.UserName, task.Assignee);
    }

    [Fact]
    public void A_new_owner_may_bring_its_own_deadlines_and_co_units()
    {
        var task = Tasks.In(TaskState.InProgress);

        Reassign(task, ToHealth with { CoUnits = [new CoUnit("finance", "joint")], AckBy = Tasks.DueAt, DueAt = Tasks.DueAt.AddDays(3) }, Tasks.Now);

        Assert.Equal((Tasks.DueAt, Tasks.DueAt.AddDays(3), Tasks.CutOff.AddDays(3)), (task.AckBy, task.DueAt, task.MissedBy));
        Assert.Equal(["finance"], task.CoUnits.Select(co => co.Unit));
    }

    [Fact]
    public void New_deadlines_lie_ahead()
    {
        var task = Tasks.In(TaskState.InProgress);

        Refusal.Invalid(task, "task.due-in-past", () => Reassign(task, ToHealth with { DueAt = Tasks.Now }, Tasks.Now));
        Refusal.Invalid(task, "task.ack-in-past", () => Reassign(task, ToHealth with { AckBy = Tasks.Now }, Tasks.Now));
    }

    [Fact]
    public void The_same_unit_may_get_it_again()
    {
        var task = Tasks.In(TaskState.InProgress);

        Reassign(task, ToHealth with { LeadUnit = "education" }, Tasks.Now);

        Assert.Equal((TaskState.PendingAck, "education", 2), (task.State, task.LeadUnit, task.CoUnits.Count));
    }

    [Fact]
    public void Refusing_the_return_renews_the_time_to_acknowledge_likewise()
    {
        var task = Tasks.In(TaskState.Returned);

        task.RefuseReturn(People.Office, "应由你单位办理", China.Reckoning, Tasks.Start.AddDays(1));

        Assert.Equal((TaskState.PendingAck, Tasks.Start.AddDays(1).AddHours(4), Tasks.DueAt), (task.State, task.AckBy, task.DueAt));
        Assert.Equal(("education", null), (task.LeadUnit, task.ProposedUnit));
    }

    [Fact]
    public void A_breach_stays_with_the_task_when_its_owner_changes()
    {
        var task = Tasks.In(TaskState.PendingAck, Tasks.OneOff);

        Reassign(task, ToHealth with { DueAt = Tasks.DueAt.AddDays(9) }, Tasks.DueAt);

        Assert.Equal((Tasks.AckBy, Tasks.DueAt), (task.AckBreachedAt, task.OverdueSince));
    }

    [Fact]
    public void A_wish_for_an_extension_ends_with_the_owner_who_had_it()
    {
        var task = Tasks.In(TaskState.InProgress, asked: true);

        Reassign(task, ToHealth, Tasks.Now);

        Assert.Null(task.PendingExtension);
    }

    private static void Reassign(TaskInstance task, NewOwner owner, DateTimeOffset now) =>
        task.Reassign(People.Office, owner, "改派", China.Reckoning, now);
}
