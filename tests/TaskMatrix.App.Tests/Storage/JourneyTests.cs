using TaskMatrix.App.Overdue;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>From the plan document to the overdue list.</summary>
public sealed class JourneyTests
{
    [Fact]
    public async Task A_duty_is_issued_acknowledged_submitted_signed_and_closed_or_becomes_overdue()
    {
        await using var system = await TestSystem.Start();
        var mine = await system.Send(new ListTasks.Query(new TaskFilter { Unit = "education" }, null, Paging.First), People.Liaison("education"));
        Assert.NotEmpty(mine.Items);
        var pending = mine.Items.First(task => task.State == TaskState.PendingAck && task.LeadUnit == "education");

        var acknowledged = await system.Send(new AcknowledgeTask.Command(pending.Id, pending.Version), People.Liaison("education"));
        Assert.Equal(TaskState.InProgress, acknowledged.State);

        system.Clock.Now += TimeSpan.FromDays(9);
        var work = await system.RunDue();
        Assert.True(work.Timers > 0);
        var late = await system.Send(new ListOverdue.Query(new TaskFilter(), null, Paging.First), People.Inspector);
        Assert.NotEmpty(late.Items);
    }
}
