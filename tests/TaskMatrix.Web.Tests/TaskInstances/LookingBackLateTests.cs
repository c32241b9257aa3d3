using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.TaskInstances;

/// <summary>What is late by days was late by an hour once.</summary>
[Collection(LateDaysCollection.Name)]
public sealed class LookingBackLateTests(LateDays days)
{
    [Fact]
    public async Task Time_is_counted_from_the_moment_that_is_shown()
    {
        var tasks = await days.Server.Send("taiping.office", new ListTasks.Query(new TaskFilter { State = Engine.TaskInstances.TaskState.Missed }, null, Paging.First));
        var task = tasks.Items[0];
        var visitor = await days.Server.Visit("taiping.office");

        Assert.Equal("还剩 1 小时", await Relative(visitor, task, TimeSpan.FromHours(-1)));
        Assert.Equal("已逾期 2 小时", await Relative(visitor, task, TimeSpan.FromHours(2)));
        Assert.Equal((await visitor.Get($"/tasks/{task.Id}")).Text(".deadlines .relative"), await Relative(visitor, task, TimeSpan.FromDays(300)));
    }

    private static async Task<string> Relative(Visitor visitor, TaskView task, TimeSpan fromDue) =>
        (await visitor.Get($"/tasks/{task.Id}?asOf={Uri.EscapeDataString((task.DueAt!.Value + fromDue).ToString("O"))}")).Text(".deadlines .relative");
}
