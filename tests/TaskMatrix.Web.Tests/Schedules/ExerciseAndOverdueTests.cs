using TaskMatrix.App.Schedules;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Schedules;

/// <summary>A server of its own, as moving the clock changes everybody's day.</summary>
public sealed class ExerciseAndOverdueTests(PagesServer server) : IClassFixture<PagesServer>
{
    [Fact]
    public async Task Advancing_once_per_form_makes_tasks_overdue_with_their_history()
    {
        var office = await server.Visit("lanxi.office");
        var form = (await office.Get("/overdue")).Form("/exercise/advance");
        var after = await office.Send(form, ("by", "P1D"), ("returnUrl", "/overdue"));
        Assert.Equal("/overdue", after.Address.AbsolutePath);
        Assert.NotEmpty(after.Text(".told"));
        var again = await office.Send(form, ("by", "P1D"), ("returnUrl", "/overdue"));
        Assert.Equal("时钟已经到过该时间。", again.Text(".told"));

        var inspector = await server.Visit("lanxi.inspector");
        var row = (await inspector.Get("/overdue")).Document.QuerySelectorAll("table.overdue tbody tr").First();
        var task = await inspector.Get(row.QuerySelector("a")!.GetAttribute("href")!);
        Assert.NotEmpty(task.Document.QuerySelectorAll(".history li"));
        Assert.Contains("over", task.Document.QuerySelector(".task-head")!.InnerHtml);
        Assert.DoesNotContain(task.FormActions, action => action == "/exercise/advance");

        await Late_tasks_are_chosen_inspected_and_marked(inspector);
        await Schedules_are_paused_and_go_on(office);
    }

    private async Task Late_tasks_are_chosen_inspected_and_marked(Visitor inspector)
    {
        var late = (await server.Send("lanxi.inspector", new App.Overdue.ListOverdue.Query(new App.TaskInstances.TaskFilter(), null, App.Storage.Paging.First)))
            .Items.First(one => one.Task.LeadUnit != "leading-group").Task;
        var desk = await inspector.Get("/overdue");
        Assert.NotNull(desk.Document.QuerySelector($"input[name=taskIds][form=inspect][value='{late.Id}']"));
        Assert.NotEmpty(desk.Document.QuerySelectorAll("details table tbody th"));

        var opened = await inspector.Send(desk.Form("/inspections"), ("taskIds", $"{late.Id}"), ("kind", "single"), ("reason", "逾期督查"));
        Assert.StartsWith("/inspections/", opened.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains(late.Number, opened.Html, StringComparison.Ordinal);
        Assert.NotNull((await inspector.Get("/overdue")).Document.QuerySelector($"table.overdue a[href='{opened.Address.AbsolutePath}']"));
        Assert.NotNull((await inspector.Get("/")).Document.QuerySelector("main a[href='/inspections']"));
        var unit = await server.Visit("lanxi." + late.LeadUnit);
        Assert.Contains(late.Number, (await unit.Get(opened.Address.AbsolutePath)).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("/inspections", (await unit.Get("/overdue")).FormActions);
    }

    private async Task Schedules_are_paused_and_go_on(Visitor office)
    {
        var duty = (await server.Send("lanxi.office", new ListSchedules.Query(null)))[0].DutyId;
        var page = await office.Get("/schedules?q=" + duty);
        Assert.NotEmpty(page.Text("table.schedules tbody td:nth-child(3) time"));
        var paused = await office.Send(page.Form($"/schedules/{duty}"), ("then", "pause"), ("reason", "值班室停电"));
        Assert.Equal("已暂停。", paused.Text(".told"));
        Assert.Contains("值班室停电", (await office.Get("/schedules?state=paused")).Text("table.schedules"), StringComparison.Ordinal);
        Assert.Empty((await office.Get("/schedules?state=running&q=" + duty)).Document.QuerySelectorAll("table.schedules"));
        var refused = await office.Send((await office.Get("/schedules?q=" + duty)).Form($"/schedules/{duty}"), ("then", "pause"), ("reason", "再停一次"));
        Assert.Equal((System.Net.HttpStatusCode.Conflict, "再停一次"), (refused.Status, refused.Document.QuerySelector("input[name=reason]")!.GetAttribute("value")));
        Assert.Equal("已恢复。", (await office.Send(paused.Form($"/schedules/{duty}"), ("then", "resume"))).Text(".told"));
        var run = (await office.Get("/schedules")).Form($"/schedules/{duty}");
        await office.Send(run, ("then", "run-now"));
        await office.Send(run, ("then", "run-now"));
        var tasks = await server.Send("lanxi.office", new App.TaskInstances.ListTasks.Query(new App.TaskInstances.TaskFilter { Duty = duty }, null, new App.Storage.Paging(null, 200)));
        Assert.DoesNotContain(tasks.Items, task => task.Occurrence!.Contains("#manual-2"));
        Assert.Contains(tasks.Items, task => task.Occurrence!.Contains("#manual-1"));
    }
}
