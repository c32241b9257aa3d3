using System.Net;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Plans;

/// <summary>A plan entered by page, its duties written, its coverage seen, activated and ended; on a server of its own.</summary>
public sealed class NewPlanPageTests(PagesServer server) : IClassFixture<PagesServer>
{
    private const string Text = "关于做好春季复学准备工作的通知\n区教育局制定复学方案。区卫健局指导学校消毒。\n";

    [Fact]
    public async Task A_text_becomes_a_draft_its_duties_are_written_and_it_comes_into_force()
    {
        var office = await server.Visit("taiping.office");
        var form = (await office.Get((await office.Get("/plans")).Document.QuerySelector("main a[href='/plans/new']")!.GetAttribute("href")!)).Form("/plans/new");
        var refused = await office.Send(form, ("title", ""), ("issuedOn", "2020-01-22"), ("text", Text));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("制定复学方案", refused.Document.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        var plan = await office.Send(refused.Form("/plans/new"), ("title", "春季复学工作通知"), ("issuedOn", "2020-01-22"), ("text", Text));
        Assert.StartsWith("/plans/taiping-20200122-", plan.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(plan.Address, (await office.Send(refused.Form("/plans/new"), ("title", "春季复学工作通知"), ("issuedOn", "2020-01-22"), ("text", Text))).Address);

        var editor = await office.Get(plan.Document.QuerySelector("a[href^='/workflows/new?plan=']")!.GetAttribute("href")!);
        var yaml = editor.Document.QuerySelector("[name=yaml]")!.TextContent;
        Assert.Contains("制定复学方案", yaml, StringComparison.Ordinal);
        var id = editor.Document.QuerySelector("[name=id]")!.GetAttribute("value")!;
        var check = await office.Send(editor.Form("/workflows/new"), ("id", id), ("yaml", yaml), ("then", "check"));
        Assert.NotEmpty(check.Text(".definition-problems"));
        var whole = yaml.Replace("ids: []", "ids: [education]", StringComparison.Ordinal);
        var published = await office.Send(check.Form("/workflows/new"), ("id", id), ("yaml", whole), ("then", "publish"));
        Assert.Equal("/workflows/" + id, published.Address.AbsolutePath);

        var response = plan.Address.AbsolutePath + "/response";
        var before = await office.Get(response);
        Assert.NotNull(before.Document.QuerySelector($"form a[href='{plan.Address.AbsolutePath}#coverage-heading']"));
        var active = await office.Send(before.Form(response + "/activate"), ("sure", "true"));
        Assert.Contains("已启动", active.Html, StringComparison.Ordinal);
        Assert.NotEmpty((await office.Get("/tasks?state=all&plan=" + plan.Address.Segments[^1])).Document.QuerySelectorAll("table.tasks tbody tr"));
        var ended = await office.Send(active.Form(response + "/end"), ("reason", "疫情结束"), ("sure", "true"));
        Assert.DoesNotContain(response + "/end", ended.FormActions);
    }

    [Fact]
    public async Task A_file_that_is_no_utf8_text_is_refused_with_the_rest_kept()
    {
        var office = await server.Visit("taiping.office");
        var form = (await office.Get("/plans/new")).Form("/plans/new");
        using var body = new MultipartFormDataContent();
        foreach (var field in form.QuerySelectorAll("input[type=hidden]"))
        {
            body.Add(new StringContent(field.GetAttribute("value")!), field.GetAttribute("name")!);
        }

        body.Add(new StringContent("标题"), "title");
        body.Add(new StringContent("2020-01-22"), "issuedOn");
        body.Add(new ByteArrayContent([0xB7, 0xC0, 0xFF]), "file", "plan.txt");
        var answer = await office.Client.PostAsync("/plans/new", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("UTF-8", html, StringComparison.Ordinal);
        Assert.Contains("标题", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("taiping.education")]
    [InlineData("taiping.leader")]
    public async Task Others_enter_none(string userName)
    {
        var visitor = await server.Visit(userName);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get("/plans/new")).Status);
        Assert.Null((await visitor.Get("/plans")).Document.QuerySelector("a[href='/plans/new']"));
    }

    [Fact]
    public async Task The_office_sets_its_own_value_in_place_of_an_assumption()
    {
        const string Duty = "/duties/taiping.education.absence-checks";
        var office = await server.Visit("taiping.office");
        var form = (await office.Get(Duty)).Form(Duty + "/assumptions");
        var refused = await office.Send(form, ("field", "schedule.due"), ("value", "whenever"), ("why", "校历"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("whenever", refused.Document.QuerySelector("[name=value]")!.GetAttribute("value"));
        var set = await office.Send(refused.Form(Duty + "/assumptions"), ("field", "schedule.due"), ("value", "16:30"), ("why", "校历"));
        Assert.Contains("16:30", set.Text(".assumptions"), StringComparison.Ordinal);
        Assert.DoesNotContain(Duty + "/assumptions", (await (await server.Visit("taiping.education")).Get(Duty)).FormActions);
    }

    [Fact]
    public async Task Before_a_new_version_what_differs_and_which_tasks_keep_the_old_one_are_seen()
    {
        const string Edit = "/workflows/daily-checklist/edit";
        var office = await server.Visit("taiping.office");
        var (editor, another) = (await office.Get(Edit), await office.Get(Edit));
        var yaml = editor.Document.QuerySelector("[name=yaml]")!.TextContent;
        Assert.Empty(editor.Document.QuerySelectorAll("table.diff tr"));
        var changed = yaml.TrimEnd() + "\n# 看过\n";
        var check = await office.Send(editor.Form(Edit), ("yaml", changed), ("then", "check"));
        Assert.Contains("看过", check.Text("table.diff tr.added"), StringComparison.Ordinal);

        var published = await office.Send(check.Form(Edit), ("then", "publish"));
        Assert.Contains("旧版本", published.Text("section[aria-labelledby=running-heading]"), StringComparison.Ordinal);
        var late = await office.Send(another.Form(Edit), ("yaml", yaml + "# 晚了\n"), ("then", "publish"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("晚了", late.Document.QuerySelector("[name=yaml]")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty((await office.Get("/workflows/forms.epidemic-daily")).Text(".task-head .quiet"));
    }
}
