using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>阅知: who a closed report was for has read it, or has it still to read.</summary>
public sealed class ReceiptTests
{
    private static readonly TaskIssue ToManyReaders = Tasks.Order with
    {
        CoUnits = [new CoUnit("publicity", "inform"), new CoUnit(Actor.OfficeUnit, "inform"), new CoUnit(Actor.LeadingGroup, "inform"), new CoUnit("health", "assist")],
    };

    [Fact]
    public void An_informed_unit_waits_from_the_closing_until_it_confirms()
    {
        var open = Tasks.In(TaskState.InProgress);
        Assert.Null(open.AwaitsReadingSince("publicity"));

        var task = Tasks.In(TaskState.Closed);
        Assert.Equal(task.ClosedAt, task.AwaitsReadingSince("publicity"));
        Assert.Null(task.AwaitsReadingSince("health"));

        task.ConfirmReceipt(People.Informed, "阅", Tasks.Now.AddHours(1));

        Assert.Null(task.AwaitsReadingSince("publicity"));
        Assert.Equal(Tasks.Now.AddHours(1), task.CoUnits.Single(co => co.Unit == "publicity").ReadAt);
        Assert.Equal(new ReceiptConfirmed("publicity", People.Informed.UserName, "阅", Tasks.Now.AddHours(1)), Assert.Single(task.Recorded).Event);
    }

    [Fact]
    public void A_unit_confirms_once_for_each_closing()
    {
        var task = Tasks.In(TaskState.Closed);
        task.ConfirmReceipt(People.Informed, null, Tasks.Now);
        task.ForgetRecorded();

        Refusal.Conflict(task, "task.already-read", () => task.ConfirmReceipt(People.Informed, null, Tasks.Now));
        Assert.DoesNotContain(TaskActions.ConfirmReceipt, task.AllowedActions(People.Informed, Tasks.Now));
    }

    [Fact]
    public void A_reopened_task_has_to_be_read_again()
    {
        var task = Tasks.In(TaskState.Closed);
        task.ConfirmReceipt(People.Informed, null, Tasks.Now);
        task.Do(TaskActions.Reopen, Tasks.Now);
        Assert.Null(task.CoUnits.Single(co => co.Unit == "publicity").ReadAt);

        foreach (var action in new[] { TaskActions.Submit, TaskActions.Sign, TaskActions.Approve })
        {
            task.Do(action, Tasks.Now.AddHours(2));
        }

        Assert.Equal(Tasks.Now.AddHours(2), task.AwaitsReadingSince("publicity"));
        task.ConfirmReceipt(People.Informed, null, Tasks.Now.AddHours(3));
        Assert.Equal(Tasks.Now.AddHours(3), task.CoUnits.Single(co => co.Unit == "publicity").ReadAt);
    }

    [Fact]
    public void A_correction_is_to_be_read_from_when_it_counts()
    {
        var task = Tasks.In(TaskState.Closed, Tasks.Order with { Form = "epidemic-daily" });
        task.ConfirmReceipt(People.Informed, null, Tasks.Now);
        task.Do(TaskActions.Correct, Tasks.Now.AddHours(1));
        Assert.Null(task.AwaitsReadingSince("publicity"));

        task.Do(TaskActions.Sign, Tasks.Now.AddHours(2));
        Assert.Equal(Tasks.Now.AddHours(2), task.AwaitsReadingSince("publicity"));
    }

    [Fact]
    public void The_office_reads_for_its_unit_and_a_leader_for_the_leading_group_each_once()
    {
        var task = Tasks.In(TaskState.Closed, ToManyReaders);

        task.ConfirmReceipt(People.Office, null, Tasks.Now);
        task.ConfirmReceipt(People.Leader, null, Tasks.Now);

        Assert.Equal([Actor.OfficeUnit, Actor.LeadingGroup], task.CoUnits.Where(co => co.ReadAt is not null).Select(co => co.Unit));
        task.ForgetRecorded();
        Refusal.Conflict(task, "task.already-read", () => task.ConfirmReceipt(People.Office, null, Tasks.Now));
        Refusal.Forbidden(task, "task.not-owner", () => task.ConfirmReceipt(People.CoLiaison, null, Tasks.Now));
    }
}
