using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.TaskInstances;

/// <summary>What a unit has to do does not leave its desk by being late or by being given back; on a server of their own.</summary>
public sealed class UnitDeskTests(PagesServer server) : IClassFixture<PagesServer>
{
    [Fact]
    public async Task What_was_given_back_stands_with_its_reason()
    {
        var task = await UnderWay("退回重办", "ecology", "PT30H");
        await server.Send("taiping.ecology", new SubmitTask.Command(task, null, "已全部落实", null, null, null));
        await server.Send("taiping.office", new ReturnTask.Command(task, null, "缺少佐证材料", null));

        var unit = await server.Visit("taiping.ecology");
        var list = (await unit.Get("/")).Document.QuerySelector($"main section a[href='/tasks/{task}']")!.Closest("section")!;

        Assert.Equal("退回重办", list.QuerySelector("h2")!.TextContent);
        Assert.Contains("缺少佐证材料", (await unit.Get($"/tasks/{task}")).Text(".task-head .rework"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_unit_gave_back_itself_is_nothing_to_do_again()
    {
        var task = await server.Send("taiping.office", new CreateTask.Command(null, "已退办公室", null, "ecology", null, null, null, null, "PT30H", true, false, false, null, null, false));
        await server.Send("taiping.ecology", new DeclineTask.Command(task.Id, null, "非本单位职责", null));

        Assert.Null((await (await server.Visit("taiping.ecology")).Get("/")).Document.QuerySelector($"main a[href='/tasks/{task.Id}']"));
    }

    [Fact]
    public async Task What_is_late_and_under_way_stands_first_of_what_is_to_be_done()
    {
        var late = await UnderWay("已逾期", "finance", "PT2H");
        var office = await server.Visit("taiping.office");
        await office.Send((await office.Get("/jobs")).Form("/exercise/advance"), ("by", "P1D"));

        var list = (await (await server.Visit("taiping.finance")).Get("/")).Document.QuerySelector($"main section a[href='/tasks/{late}']")!.Closest("section")!;

        Assert.Equal("待办（按期限）", list.QuerySelector("h2")!.TextContent);
        Assert.Equal($"/tasks/{late}", list.QuerySelector(".title-cell a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task What_was_not_reported_stands_on_the_offices_desk_to_be_urged()
    {
        var office = await server.Visit("taiping.office");
        await office.Send((await office.Get("/jobs")).Form("/exercise/advance"), ("by", "P2D"));
        await server.Send("taiping.office", new CreateTask.Command(null, "无人签收", null, "ecology", null, null, null, null, "P3D", true, false, false, null, null, false));
        await office.Send((await office.Get("/jobs")).Form("/exercise/advance"), ("by", "P1D"));
        var missed = (await server.Send("taiping.office", new ListTasks.Query(new TaskFilter { State = Engine.TaskInstances.TaskState.Missed }, null, Paging.First))).Items;

        var desk = await office.Get("/");
        var list = desk.Document.QuerySelectorAll("main section").Single(section => section.QuerySelector("h2")!.TextContent == "未报（待补报）");
        Assert.Equal(missed.Take(10).Select(task => $"/tasks/{task.Id}"), list.QuerySelectorAll(".title-cell > a").Select(link => link.GetAttribute("href")));

        var ids = desk.Document.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
        Assert.Equal(2, desk.Document.QuerySelectorAll("form[action='/tasks/many/urge']").Length);
        Assert.Equal(ids.Distinct(), ids);

        await office.Send(desk.Form("/tasks/many/urge"), ("one", missed[0].Id.ToString()));
        Assert.Contains((await server.Send("taiping.office", new GetTaskEvents.Query(missed[0].Id))), happened => happened.Action == "urge");
    }

    private async Task<Guid> UnderWay(string title, string unit, string dueIn)
    {
        var task = await server.Send("taiping.office", new CreateTask.Command(null, title, null, unit, null, null, null, null, dueIn, true, false, false, null, null, false));
        await server.Send($"taiping.{unit}", new AcknowledgeTask.Command(task.Id, null));
        return task.Id;
    }
}
