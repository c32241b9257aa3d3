using System.Net;
using AngleSharp.Html.Dom;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Organisations;

/// <summary>What was begun is kept by the button of the form, without scripts.</summary>
[Collection(PagesCollection.Name)]
public sealed class DraftPageTests(PagesServer server)
{
    [Fact]
    public async Task A_report_goes_on_where_it_was_left_in_another_browser_and_its_draft_ends_with_it()
    {
        var task = await Working("草稿 报结", "natural-resources");
        var address = $"/tasks/{task}/submit";
        var visitor = await server.Visit("taiping.natural-resources");
        var form = (await visitor.Get($"/tasks/{task}")).Form(address);
        Assert.Equal("/drafts", form.QuerySelector(".draft-line button")!.GetAttribute("formaction"));
        Assert.Contains("附件", form.QuerySelector(".draft-line")!.TextContent, StringComparison.Ordinal);

        var saved = await visitor.SendTo("/drafts", form, ("text", "只写了一半<svg onload>"), ("outcome", "notExecutable"));
        Assert.Equal($"/tasks/{task}", saved.Address.AbsolutePath);

        var later = await server.Visit("taiping.natural-resources");
        var again = await later.Get($"/tasks/{task}");
        Assert.Equal("只写了一半<svg onload>", again.Text("#f-submit-text"));
        Assert.Equal("notExecutable", again.Document.QuerySelector("#f-submit-outcome option[selected]")!.GetAttribute("value"));
        Assert.Contains("草稿", again.Text("#f-submit-draft"), StringComparison.Ordinal);

        var done = await later.Send(again.Form(address), ("text", "写完了"));
        Assert.Equal("已报结。", done.Text(".told"));
        Assert.Empty(await server.Send("taiping.natural-resources", new ListDrafts.Query()));
    }

    [Fact]
    public async Task A_refused_form_keeps_what_was_typed_and_its_draft()
    {
        var task = await Working("草稿 被拒", "red-cross");
        var visitor = await server.Visit("taiping.red-cross");
        var form = (await visitor.Get($"/tasks/{task}")).Form($"/tasks/{task}/hand-over");
        await visitor.SendTo("/drafts", form, ("reason", "出差期间"));

        var refused = await visitor.Send((await visitor.Get($"/tasks/{task}")).Form($"/tasks/{task}/hand-over"), ("toUserName", ""));

        Assert.Equal((HttpStatusCode.BadRequest, "出差期间"), (refused.Status, refused.Text("#f-hand-over-reason")));
        Assert.Equal("出差期间", Assert.Single(await server.Send("taiping.red-cross", new ListDrafts.Query())).Excerpt);
        Assert.True(refused.Document.QuerySelector("#f-hand-over-reason")!.Closest("details")!.HasAttribute("open"));
    }

    [Fact]
    public async Task Mine_are_listed_on_the_desk_and_on_their_page_and_discarded_there()
    {
        var visitor = await server.Visit("taiping.civil-affairs");
        var page = await visitor.Get("/meetings");
        await visitor.SendTo("/drafts", page.Form("/meetings"), ("title", "会商"), ("agenda", "研究返乡人员排查"));
        foreach (var address in new[] { "/", "/drafts" })
        {
            var list = await visitor.Get(address);
            Assert.Contains("研究返乡人员排查", list.Text(".drafts li"), StringComparison.Ordinal);
            Assert.Equal("/meetings#f-propose-draft", list.Document.QuerySelector(".drafts a")!.GetAttribute("href"));
        }

        Assert.Empty((await (await server.Visit("taiping.civil-affairs.head")).Get("/drafts")).Document.QuerySelectorAll(".drafts li"));
        var drafts = await visitor.Get("/drafts");
        var id = drafts.Document.QuerySelector(".drafts button[name=id]")!.GetAttribute("value")!;
        var after = await visitor.SendTo("/drafts/discard", drafts.Document.QuerySelectorAll("main form").OfType<IHtmlFormElement>().First(form => form.QuerySelector(".drafts") is not null), ("id", id));
        Assert.Equal("/drafts", after.Address.AbsolutePath);
        Assert.Empty(after.Document.QuerySelectorAll(".drafts li"));
        Assert.Equal("", (await visitor.Get("/meetings")).Text("#f-propose-agenda"));
    }

    [Fact]
    public async Task Somebody_elses_draft_cannot_be_thrown_away()
    {
        var draft = await server.Send("taiping.justice", new SaveDraft.Command("/meetings", "f-propose", "meetings.propose", "", new Dictionary<string, string[]> { ["agenda"] = ["x"] }));
        var visitor = await server.Visit("taiping.office");
        await visitor.SendTo("/drafts/discard", (await visitor.Get("/meetings")).Form("/logout"), ("id", draft.Id.ToString()));
        Assert.Single(await server.Send("taiping.justice", new ListDrafts.Query()));
    }

    [Fact]
    public async Task What_cannot_be_kept_is_shown_to_be_copied()
    {
        var visitor = await server.Visit("taiping.finance");
        var text = new string('长', 30_000);
        var refused = await visitor.SendTo("/drafts", (await visitor.Get("/meetings")).Form("/meetings"), ("agenda", text));
        Assert.Equal((HttpStatusCode.Conflict, text), (refused.Status, refused.Text("textarea")));
        Assert.Contains("64 KB", refused.Text(".refusal"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_gets_a_line_and_no_page()
    {
        var visitor = await server.Visit("taiping.commerce");
        var form = (await visitor.Get("/meetings")).Form("/meetings");
        visitor.Client.DefaultRequestHeaders.Add("X-Draft", "auto");
        var saved = await visitor.SendTo("/drafts", form, ("agenda", "自动保存"));
        Assert.StartsWith("text/plain", saved.Response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.Matches("^草稿已保存 [0-9:]{5}$", await saved.Response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Without_the_pages_token_nothing_is_kept()
    {
        var visitor = await server.Visit("taiping.ecology");
        var answer = await visitor.Client.PostAsync("/drafts", new FormUrlEncodedContent(
            [KeyValuePair.Create("draftPage", "/meetings"), KeyValuePair.Create("draftForm", "f-propose"), KeyValuePair.Create("draftName", "x"), KeyValuePair.Create("agenda", "x")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await server.Send("taiping.ecology", new ListDrafts.Query()));
    }

    [Fact]
    public async Task Every_form_in_which_people_write_keeps_its_draft()
    {
        var visitor = await server.Visit("taiping.office");
        await Reported("草稿 在行里", "gov-office");
        foreach (var address in new[] { "/", "/tasks/new", "/meetings", "/instructions", "/events/new?kind=rumour", "/plans/taiping-2020-3/response", "/workflows/new" })
        {
            var page = await visitor.Get(address);
            var writing = page.Document.QuerySelectorAll("main form:has(textarea[required], textarea)").ToList();
            Assert.NotEmpty(writing);
            Assert.All(writing, form => Assert.NotNull(form.QuerySelector("[name=draftForm]")));
        }
    }

    [Theory]
    [InlineData("taiping.culture-tourism", "/watch", "/watch/shifts", "name", "夜班")]
    [InlineData("taiping.office", "/organisation", "/organisation/units", "name", "区应急指挥部")]
    [InlineData("taiping.office", "/organisation", "/organisation/units/justice/close", "reason", "职能划转")]
    [InlineData("taiping.office", "/duties/taiping.education.absence-checks", "/duties/taiping.education.absence-checks/assumptions", "why", "经办公室商定")]
    public async Task Small_forms_keep_theirs_too_and_stand_open_with_it(string who, string address, string action, string field, string words)
    {
        var visitor = await server.Visit(who);
        await visitor.SendTo("/drafts", (await visitor.Get(address)).Form(action), (field, words));
        var form = (await visitor.Get(address)).Form(action);
        Assert.Equal(words, ((IHtmlInputElement)form.Elements[field]!).Value);
        Assert.True(form.Closest("details")?.HasAttribute("open") ?? true);
        await visitor.SendTo("/drafts/discard", form, ("id", form.QuerySelector(".draft-kept button")!.GetAttribute("value")!), ("returnUrl", address));
        Assert.Empty(await server.Send(who, new ListDrafts.Query()));
    }

    [Fact]
    public async Task The_activation_of_a_plan_keeps_the_day_and_the_level()
    {
        var visitor = await server.Visit("taiping.office");
        var plan = await server.Send("taiping.office", new CreatePlan.Command(null, "草稿启动方案", null, new DateOnly(2020, 1, 20), "一、职责分工\n区教育局组织开学演练。"));
        var address = $"/plans/{plan.Id}/response";
        await visitor.SendTo("/drafts", (await visitor.Get(address)).Form(address + "/activate"), ("from", "2020-01-25"), ("level", "2"));
        var form = (await visitor.Get(address)).Form(address + "/activate");
        Assert.Equal(("2020-01-25", "2"), (((IHtmlInputElement)form.Elements["from"]!).Value, form.QuerySelector("option[selected]")!.GetAttribute("value")));
    }

    /// <summary>One draft, wherever it is written: in the row or on the task's own page.</summary>
    [Fact]
    public async Task An_answer_in_a_row_goes_on_in_the_row_and_on_the_page_of_the_task()
    {
        var task = await Reported("草稿 退回", "human-resources");
        var (visitor, action) = (await server.Visit("taiping.office"), $"/tasks/{task}/return");
        var saved = await visitor.SendTo("/drafts", (await visitor.Get("/")).Form(action), ("reason", "请附花名册"));

        Assert.Equal("/", saved.Address.AbsolutePath);
        var row = saved.Form(action);
        Assert.Equal("请附花名册", row.QuerySelector("textarea")!.TextContent);
        Assert.True(row.Closest("details")!.HasAttribute("open"));
        Assert.Equal("请附花名册", (await visitor.Get($"/tasks/{task}")).Text("#f-return-reason"));

        Assert.Equal("已退回重办。", (await visitor.Send(row, ("reason", "请附花名册原件"))).Text(".told"));
        Assert.Empty(await server.Send("taiping.office", new ListDrafts.Query()));
    }

    /// <summary>As a script sends it that had begun before the form was sent.</summary>
    [Fact]
    public async Task What_is_still_on_its_way_when_the_form_is_done_leaves_no_draft()
    {
        var task = await Working("草稿 在途", "market-supervision");
        var visitor = await server.Visit("taiping.market-supervision");
        var form = (await visitor.Get($"/tasks/{task}")).Form($"/tasks/{task}/progress");
        Assert.Equal("进展已记录。", (await visitor.Send(form, ("percent", "50"), ("text", "过半"))).Text(".told"));

        visitor.Client.DefaultRequestHeaders.Add("X-Draft", "auto");
        var late = await visitor.SendTo("/drafts", form, ("text", "过半"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Empty(await server.Send("taiping.market-supervision", new ListDrafts.Query()));
    }

    private async Task<Guid> Reported(string title, string unit)
    {
        var task = await server.Send("taiping.office", new CreateTask.Command(null, title, null, unit, null, null, null, null, "PT30M", true, false, false, null, null, false));
        await server.Send("taiping." + unit, new AcknowledgeTask.Command(task.Id, null));
        await server.Send("taiping." + unit, new SubmitTask.Command(task.Id, null, "已办", null, null, null));
        return task.Id;
    }

    private async Task<Guid> Working(string title, string unit)
    {
        var task = await server.Send("taiping.office", new CreateTask.Command(null, title, null, unit, null, null, null, null, "P2D", true, false, false, null, null, false));
        await server.Send("taiping." + unit, new AcknowledgeTask.Command(task.Id, null));
        return task.Id;
    }
}
