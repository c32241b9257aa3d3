using System.Net;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.TaskInstances;

[Collection(PagesCollection.Name)]
public sealed class AssignPageTests(PagesServer server)
{
    [Fact]
    public async Task Sent_twice_makes_one_task()
    {
        var visitor = await server.Visit("taiping.office");
        var form = (await visitor.Get("/tasks/new")).Form("/tasks/new");
        var (first, second) = (await visitor.Send(form, ("title", "只下达一次"), ("leadUnit", "health")), await visitor.Send(form, ("title", "只下达一次"), ("leadUnit", "health")));
        Assert.StartsWith("/tasks/", first.Address.AbsolutePath);
        Assert.Equal(first.Address.AbsolutePath, second.Address.AbsolutePath);
        Assert.Single((await server.Send("taiping.office", new ListTasks.Query(new TaskFilter { Q = "只下达一次" }, null, Paging.First))).Items);
    }

    [Fact]
    public async Task A_due_time_is_read_in_the_zone_of_the_jurisdiction()
    {
        var visitor = await server.Visit("taiping.office");
        var page = await visitor.Send((await visitor.Get("/tasks/new")).Form("/tasks/new"), ("title", "本地时间"), ("leadUnit", "health"), ("dueAt", "2020-03-01T18:30"));
        var task = await server.Send("taiping.office", new GetTask.Query(Guid.Parse(page.Address.Segments[^1])));
        Assert.Equal(new DateTimeOffset(2020, 3, 1, 18, 30, 0, TimeSpan.FromHours(8)), task.DueAt);
    }

    [Fact]
    public async Task Several_units_by_any_of_their_names_get_a_task_each_or_none_does()
    {
        var visitor = await server.Visit("taiping.office");
        var page = await visitor.Get("/tasks/new");
        var refused = await visitor.Send(page.Form("/tasks/new"), ("title", "一次交给几个单位"), ("leadUnit", "教育局、统计局"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("教育局、统计局", refused.Document.QuerySelector("[name=leadUnit]")!.GetAttribute("value"));
        Assert.Equal("true", refused.Document.QuerySelector("[name=leadUnit]")!.GetAttribute("aria-invalid"));
        Assert.Empty((await Made("一次交给几个单位")).Items);

        var list = await visitor.Send(refused.Form("/tasks/new"), ("leadUnit", "教育局、卫健, finance"));
        Assert.Equal("/tasks", list.Address.AbsolutePath);
        Assert.Equal(["education", "finance", "health"], (await Made("一次交给几个单位")).Items.Select(task => task.LeadUnit).Order());
        Assert.Equal(3, list.Document.QuerySelectorAll(".tasks .title-cell").Length);
    }

    [Fact]
    public async Task Usual_deadlines_stand_with_the_moment_they_mean()
    {
        var visitor = await server.Visit("taiping.office");
        var page = await visitor.Get("/tasks/new");
        var choice = page.Document.QuerySelectorAll("[name=dueIn] option").Single(option => option.TextContent.StartsWith("明天 17:00", StringComparison.Ordinal));
        var made = await visitor.Send(page.Form("/tasks/new"), ("title", "明天下班前"), ("leadUnit", "health"), ("dueIn", choice.GetAttribute("value")!));
        var task = await server.Send("taiping.office", new GetTask.Query(Guid.Parse(made.Address.Segments[^1])));
        Assert.Equal(17, task.DueAt!.Value.ToOffset(TimeSpan.FromHours(8)).Hour);
        Assert.Contains("17:00", choice.TextContent.Split('（')[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sentence_of_the_plan_is_found_chosen_and_shown_on_the_task()
    {
        var visitor = await server.Visit("taiping.office");
        var page = await visitor.Get("/tasks/new");
        var found = await visitor.Send(page.Form("/tasks/new"), ("title", "依据条款"), ("leadUnit", "education"), ("clauseQ", "晨午检"), ("find", "yes"));
        Assert.Equal("依据条款", found.Document.QuerySelector("[name=title]")!.GetAttribute("value"));
        Assert.Empty((await Made("依据条款")).Items);
        var clause = found.Document.QuerySelectorAll("input[name=clause]").Single(choice => choice.GetAttribute("value")!.Length > 0).GetAttribute("value")!;

        // The enter key in a form that looked already means the task.
        var task = await visitor.Send(found.Form("/tasks/new"), ("clause", clause), ("find", "yes"));
        Assert.Contains("晨午检", task.Text("blockquote mark"), StringComparison.Ordinal);
        Assert.Equal(clause, (await Made("依据条款")).Items.Single().Clause);
        Assert.Contains("晨午检", (await visitor.Get("/tasks/new?clause=" + Uri.EscapeDataString(clause))).Text(".clauses label:has([checked])"), StringComparison.Ordinal);
    }

    private Task<ListPage<TaskView>> Made(string title) => server.Send("taiping.office", new ListTasks.Query(new TaskFilter { Q = title }, null, Paging.First));

    [Fact]
    public async Task A_moment_that_cannot_be_read_is_told_as_it_was_written_and_kept()
    {
        var visitor = await server.Visit("taiping.office");
        var refused = await visitor.Send((await visitor.Get("/tasks/new")).Form("/tasks/new"), ("title", "看不懂的时间"), ("leadUnit", "health"), ("dueAt", "下周三下午"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("“下周三下午”不是可识别的时间", refused.Text("#f-assign-dueAt-problem"), StringComparison.Ordinal);
        var field = refused.Document.GetElementById("f-assign-dueAt")!;
        Assert.Equal(("下周三下午", "text"), (field.GetAttribute("value"), field.GetAttribute("type")));
        Assert.Empty((await Made("看不懂的时间")).Items);
    }

    [Fact]
    public async Task Refused_keeps_every_field()
    {
        var visitor = await server.Visit("taiping.office");
        var refused = await visitor.Send(
            (await visitor.Get("/tasks/new")).Form("/tasks/new"), ("title", ""), ("description", "逐户排查"), ("leadUnit", "health"), ("coUnits", "finance"), ("dueIn", "PT4H"), ("evidenceRequired", "true"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("逐户排查", refused.Text("#f-assign-description"));
        Assert.Equal("PT4H", refused.Document.QuerySelector("#f-assign-dueIn option[selected]")!.GetAttribute("value"));
        Assert.True(refused.Document.QuerySelector("input[value=finance]")!.HasAttribute("checked"));
        Assert.True(refused.Document.QuerySelector("input[name=evidenceRequired]")!.HasAttribute("checked"));
    }
}
