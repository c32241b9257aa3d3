using System.Net;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.TaskInstances;

/// <summary>A task on its page: its forms, what they do, and what they keep.</summary>
[Collection(PagesCollection.Name)]
public sealed class TaskPageTests(PagesServer server)
{
    [Theory]
    [InlineData("taiping.commerce")]
    [InlineData("taiping.commerce.head")]
    [InlineData("taiping.office")]
    [InlineData("taiping.leader")]
    [InlineData("taiping.inspector")]
    public async Task Offers_a_form_for_exactly_what_is_allowed(string userName)
    {
        var visitor = await server.Visit(userName);
        foreach (var state in new TaskState?[] { null, TaskState.PendingAck, TaskState.InProgress })
        {
            var tasks = await server.Send(userName, new ListTasks.Query(new TaskFilter { State = state, Unit = "commerce" }, null, Paging.First));
            foreach (var task in tasks.Items.Take(3))
            {
                var page = await visitor.Get($"/tasks/{task.Id}");
                var offered = page.FormActions.Where(action => action.StartsWith($"/tasks/{task.Id}/", StringComparison.Ordinal)).Select(action => action.Split('/')[^1]);
                Assert.Equal(task.AllowedActions.Order(), offered.Order());
            }
        }
    }

    [Fact]
    public async Task Leads_with_deadline_light_and_clause()
    {
        var visitor = await server.Visit("taiping.education");
        var task = (await server.Send("taiping.education", new ListTasks.Query(new TaskFilter { Duty = "taiping.education.absence-checks" }, null, Paging.First))).Items[0];
        var page = await visitor.Get($"/tasks/{task.Id}");
        Assert.Equal("做好学生晨午检、因病缺勤病因追查预登记工作", page.Text("blockquote mark"));
        Assert.Contains("区教育局", page.Text("blockquote"));
        Assert.NotEmpty(page.Text(".deadlines time"));
        Assert.Contains("原文未规定", page.Text(".assumptions"));
        var plan = page.Document.QuerySelectorAll(".clause-card a").Single().GetAttribute("href")!.Split('#');
        Assert.NotNull((await visitor.Get(plan[0])).Document.GetElementById(plan[1]));
    }

    [Fact]
    public async Task Whoever_has_it_stands_by_post_and_what_a_rung_did_in_words()
    {
        var task = await Assign("经办人按职务");
        await server.Send("taiping.finance", new AcknowledgeTask.Command(task.Id, null));
        await server.Send("taiping.finance", new HandOverTask.Command(task.Id, null, "taiping.finance.head", "出差"));

        var page = await (await server.Visit("taiping.finance")).Get($"/tasks/{task.Id}");

        Assert.Contains("区财政局局长", page.Text("section[aria-labelledby=units-heading] .facts"), StringComparison.Ordinal);
        Assert.Contains("区财政局联络员 → 区财政局局长", page.Text(".history li .changes"), StringComparison.Ordinal);
        Assert.DoesNotContain("taiping.finance", page.Text(".history"), StringComparison.Ordinal);
        Assert.DoesNotContain("taiping.finance", page.Text("section[aria-labelledby=units-heading]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_sent_twice_does_it_once()
    {
        var task = await Assign("同一表单提交两次");
        var visitor = await server.Visit("taiping.finance");
        var form = (await visitor.Get($"/tasks/{task.Id}")).Form($"/tasks/{task.Id}/acknowledge");
        var first = await visitor.Send(form);
        Assert.Equal("已签收。", first.Text(".told"));
        var second = await visitor.Send(form);
        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Equal(2, (await server.Send("taiping.finance", new GetTaskEvents.Query(task.Id))).Count);
    }

    [Fact]
    public async Task A_stale_form_changes_nothing_and_keeps_what_was_typed()
    {
        var task = await Assign("他人先办一步");
        var visitor = await server.Visit("taiping.finance");
        var stale = (await visitor.Get($"/tasks/{task.Id}")).Form($"/tasks/{task.Id}/decline");
        await server.Send("taiping.office", new UrgeTask.Command(task.Id, null, "请抓紧"));

        var refused = await visitor.Send(stale, ("reason", "不属于我局职责 <b>"));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("不属于我局职责 <b>", refused.Text("#f-decline-reason"));
        Assert.NotEmpty(refused.Text(".refusal"));

        var done = await visitor.Send(refused.Form($"/tasks/{task.Id}/decline"));
        Assert.Equal("已退回办公室。", done.Text(".told"));
    }

    [Fact]
    public async Task A_form_left_empty_says_which_field_is_missing()
    {
        var task = await Assign("漏填理由");
        var visitor = await server.Visit("taiping.finance");
        var refused = await visitor.Send((await visitor.Get($"/tasks/{task.Id}")).Form($"/tasks/{task.Id}/decline"), ("reason", ""), ("proposedUnit", "health"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("#f-decline-reason", refused.Document.QuerySelector(".refusal a")!.GetAttribute("href"));
        Assert.Equal("true", refused.Document.GetElementById("f-decline-reason")!.GetAttribute("aria-invalid"));
        Assert.Equal("health", refused.Document.QuerySelector("#f-decline-proposedUnit option[selected]")!.GetAttribute("value"));
        Assert.True(refused.Document.GetElementById("f-decline-reason")!.Closest("details")!.HasAttribute("open"));
    }

    [Fact]
    public async Task An_action_that_is_not_allowed_is_refused_with_its_reason()
    {
        var task = await Assign("他单位的任务");
        var visitor = await server.Visit("taiping.inspector");
        var page = await visitor.Get($"/tasks/{task.Id}");
        Assert.Empty(page.Document.QuerySelectorAll("section.actions form"));
        var token = page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var answer = await visitor.Client.PostAsync($"/tasks/{task.Id}/terminate", new FormUrlEncodedContent(
            [KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("reason", "越权")]));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await server.Visit("lanxi.office")).Get($"/tasks/{task.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await server.Visit("taiping.health")).Get($"/tasks/{task.Id}")).Status);
    }

    [Fact]
    public async Task Hostile_words_stay_words()
    {
        const string hostile = "<svg onload=alert(1)> \"'javascript:alert(2)\u202Etxt.exe";
        var task = await Assign(hostile);
        var visitor = await server.Visit("taiping.finance");
        await visitor.Send((await visitor.Get($"/tasks/{task.Id}")).Form($"/tasks/{task.Id}/decline"), ("reason", hostile));
        foreach (var path in new[] { $"/tasks/{task.Id}", "/tasks", "/" })
        {
            var page = await visitor.Get(path);
            Assert.DoesNotContain(page.Document.All, element => element.HasAttribute("onload"));
            Assert.DoesNotContain("<svg onload", page.Html);
        }

        Assert.Equal(hostile, (await visitor.Get($"/tasks/{task.Id}")).Text("h1"));
    }

    [Fact]
    public async Task A_file_is_taken_in_with_the_report_and_kept_when_the_report_is_refused()
    {
        var task = await Assign("上报附件");
        var visitor = await server.Visit("taiping.finance");
        await visitor.Send((await visitor.Get($"/tasks/{task.Id}")).Form($"/tasks/{task.Id}/acknowledge"));
        var form = (await visitor.Get($"/tasks/{task.Id}")).Form($"/tasks/{task.Id}/submit");

        var unsafeKind = await visitor.SendFiles(form, "page.html", "<html>"u8.ToArray(), ("text", "已办"));
        Assert.Equal(HttpStatusCode.BadRequest, unsafeKind.Status);

        var refused = await visitor.SendFiles(form, "../说明.txt", "已拨付"u8.ToArray(), ("text", ""));
        var kept = Assert.Single(refused.Document.QuerySelectorAll("#f-submit-files ~ label input[name=attachmentIds]"));
        Assert.True(kept.HasAttribute("checked"));

        var done = await visitor.Send(refused.Form($"/tasks/{task.Id}/submit"), ("text", "已拨付"));
        var file = Assert.Single(done.Document.QuerySelectorAll(".files a"));
        var download = await visitor.Client.GetAsync(file.GetAttribute("href"));
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("已拨付"u8.ToArray(), await download.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Several_tasks_are_acknowledged_together()
    {
        var (one, two) = (await Assign("批量一", "justice"), await Assign("批量二", "justice"));
        var visitor = await server.Visit("taiping.justice");
        var list = await visitor.Get("/tasks?state=pendingAck");
        var after = await visitor.Send(list.Form("/tasks/many/acknowledge"), ("taskIds", one.Id.ToString()), ("taskIds", two.Id.ToString()));
        Assert.Equal("已办理 2 件。", after.Text(".told"));
        Assert.Equal(TaskState.InProgress, (await server.Send("taiping.justice", new GetTask.Query(two.Id))).State);
    }

    private Task<TaskView> Assign(string title, string unit = "finance") => server.Send("taiping.office", new CreateTask.Command(
        null, title, null, unit, null, null, null, null, "P3D", true, false, false, null, null, false));
}
