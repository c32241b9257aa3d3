using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>Only joint owners must confirm before the lead submits; others may.</summary>
public sealed class JointOwnerTests
{
    private static readonly TaskIssue Shared = Tasks.OneOff with
    {
        CoUnits = [new CoUnit("health", "joint"), new CoUnit("finance", "joint"), new CoUnit("publicity", "inform"), new CoUnit("justice", "assist")],
    };

    [Fact]
    public void The_lead_waits_for_every_joint_owner_until_due()
    {
        var task = Tasks.In(TaskState.InProgress, Shared);

        Submit(task, Tasks.Now, refused: true);
        task.Confirm(People.CoLiaison, "已完成", Tasks.Now);
        Submit(task, Tasks.Now, refused: true);
        task.Confirm(People.OtherHead, null, Tasks.Now);
        Submit(task, Tasks.Now, refused: false);

        Assert.Empty(Submission(task).Unconfirmed);
        Assert.Equal([Tasks.Now, Tasks.Now, null, null], task.CoUnits.Select(co => co.ConfirmedAt));
    }

    [Fact]
    public void From_due_on_the_lead_may_submit_and_names_who_did_not_confirm()
    {
        var task = Tasks.In(TaskState.InProgress, Shared);
        task.Confirm(People.CoLiaison, null, Tasks.Now);

        Submit(task, Tasks.DueAt.AddTicks(-1), refused: true);
        Submit(task, Tasks.DueAt, refused: false);

        Assert.Equal(["finance"], Submission(task).Unconfirmed);
    }

    [Fact]
    public void The_refusal_names_who_has_not_confirmed()
    {
        var task = Tasks.In(TaskState.InProgress, Shared);

        var refusal = Assert.Throws<RuleBrokenException>(() => task.Submit(People.Liaison, Tasks.Done, Tasks.Now));

        Assert.Equal(["health, finance"], refusal.Arguments);
    }

    [Theory]
    [InlineData("assist")]
    [InlineData("lead")]
    [InlineData("consult")]
    [InlineData("direct")]
    [InlineData("inform")]
    public void Nobody_waits_for_a_unit_in_another_part(string role)
    {
        var task = Tasks.In(TaskState.InProgress, Tasks.OneOff with { CoUnits = [new CoUnit("health", role)] });

        Submit(task, Tasks.Now, refused: false);

        Assert.Equal(role != "inform", TaskActions.Find(TaskActions.Confirm).Allows(task, People.CoLiaison));
    }

    [Fact]
    public void A_unit_confirms_once()
    {
        var task = Tasks.In(TaskState.InProgress, Shared);
        task.Confirm(People.CoLiaison, null, Tasks.Now);

        Refusal.Conflict(task, "task.already-confirmed", () => task.Confirm(People.CoHead, null, Tasks.Now));
    }

    private static void Submit(TaskInstance task, DateTimeOffset now, bool refused)
    {
        if (refused)
        {
            Refusal.Conflict(task, "task.joint-unconfirmed", () => task.Submit(People.Liaison, Tasks.Done, now));
        }
        else
        {
            task.Submit(People.Liaison, Tasks.Done, now);
        }
    }

    private static Submitted Submission(TaskInstance task) =>
        Assert.Single(task.Recorded.Select(recorded => recorded.Event).OfType<Submitted>());
}
