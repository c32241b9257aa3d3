using System.Net;
using System.Text;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Reports;

/// <summary>Registers and checklists as people use them, without scripts.</summary>
[Collection(PagesCollection.Name)]
public sealed class RegisterPageTests(PagesServer server)
{
    private const string Calls = "taiping.all-units.student-phone-calls";

    [Fact]
    public async Task A_line_is_typed_asked_for_its_day_changed_and_struck_off()
    {
        var address = $"/registers/{Calls}/hongshu-street";
        var visitor = await server.Visit("taiping.hongshu-street");
        var form = (await visitor.Get(address)).Form(address + "/lines");
        var added = await visitor.Send(form, ("code", "H1"), ("name", "李四"), ("phone", "13700000737"), ("place", "红树社区"));
        Assert.Equal("已登记。", added.Text(".told"));
        Assert.Equal(HttpStatusCode.OK, (await visitor.Send(form, ("code", "H1"))).Status);
        Assert.Contains("李*", added.Text("form table"));
        Assert.DoesNotContain("李四", added.Html);

        var recorded = await visitor.Send(added.Form(address + "/results"), ("result:H1", "unwell"), ("note:H1", "咳嗽"));
        Assert.Contains("1 / 1", recorded.Text(".told"));
        Assert.Equal("unwell", recorded.Document.QuerySelector("select[name='result:H1'] option[selected]")!.GetAttribute("value"));

        var task = (await server.Send("taiping.hongshu-street", new ListTasks.Query(new TaskFilter { Duty = Calls, State = TaskState.InProgress }, null, Paging.First))).Items[0];
        var page = await visitor.Get($"/tasks/{task.Id}");
        Assert.Equal(("1", "1", "0", "1"), (Figure(page, "registered"), Figure(page, "contacted"), Figure(page, "notReached"), Figure(page, "unwell")));

        var line = await visitor.Get(address + "/lines/H1");
        Assert.Contains("李四", line.Html);
        var stale = line.Form(address + "/lines/H1");
        await visitor.Send(stale, ("place", "红树社区二组"));
        var refused = await visitor.Send(stale, ("place", "别处"));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("别处", refused.Document.QuerySelector("#f-change-place")!.GetAttribute("value"));
        var struck = await visitor.Send((await visitor.Get(address + "/lines/H1")).Form(address + "/lines/H1/strike-off"), ("reason", "已返校"));
        Assert.Equal("已销册。", struck.Text(".told"));
        Assert.Contains("已返校", (await visitor.Get(address + "/lines/H1")).Html);
    }

    [Fact]
    public async Task A_refused_line_keeps_what_was_typed_and_a_refused_file_lists_its_rows()
    {
        var address = $"/registers/{Calls}/sunjiawan-street";
        var visitor = await server.Visit("taiping.sunjiawan-street");
        var page = await visitor.Get(address);
        var refused = await visitor.Send(page.Form(address + "/lines"), ("code", "S1"), ("phone", "电话"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("S1", refused.Document.QuerySelector("#f-add-code")!.GetAttribute("value"));
        Assert.Equal("true", refused.Document.QuerySelector("#f-add-phone")!.GetAttribute("aria-invalid"));

        var file = await visitor.SendFiles(page.Form(address + "/import"), "a.csv", Encoding.UTF8.GetBytes("编号,日期\nS1,昨天\n=x,\n"));
        Assert.Equal(HttpStatusCode.BadRequest, file.Status);
        Assert.Equal([("2", "日期"), ("3", "编号")], file.Document.QuerySelectorAll(".import-problems tbody tr").Select(row => (row.Children[0].TextContent, row.Children[1].TextContent)));
        Assert.Empty((await server.Send("taiping.office", new ListRegisterLines.Query(Calls, "sunjiawan-street", null, null, true, Paging.First))).Items);

        var good = await visitor.SendFiles(file.Form(address + "/import"), "a.csv", "code\nS1\nS2\n"u8.ToArray());
        Assert.Equal("已导入 2 行。", good.Text(".told"));
        var template = await visitor.Client.GetAsync(page.Document.QuerySelector("a[href$='template.csv']")!.GetAttribute("href"));
        Assert.Equal("attachment", template.Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task The_office_reads_all_and_writes_none_and_strangers_find_nothing()
    {
        var office = await server.Visit("taiping.office");
        var list = await office.Get("/registers");
        Assert.Equal(14, list.Document.QuerySelectorAll("#results tbody tr").Length);
        Assert.Equal(4, (await office.Get($"/registers?duty={Calls}")).Document.QuerySelectorAll("#results tbody tr").Length);
        var register = await office.Get($"/registers/{Calls}/gaode-street");
        Assert.Equal(HttpStatusCode.OK, register.Status);
        Assert.DoesNotContain(register.FormActions, action => action.EndsWith("/lines", StringComparison.Ordinal) || action.EndsWith("/import", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await (await server.Visit("taiping.finance")).Get($"/registers/{Calls}/gaode-street")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await server.Visit("taiping.sysadmin")).Get("/registers")).Status);
    }

    [Fact]
    public async Task A_checklist_is_filled_row_by_row_and_the_office_sees_what_is_wrong_first()
    {
        var visitor = await server.Visit("taiping.shuiquan-town");
        var task = (await server.Send("taiping.shuiquan-town", new ListTasks.Query(new TaskFilter { Duty = "taiping.shuiquan-town.expressway-watch", State = TaskState.InProgress }, null, Paging.First))).Items[0];
        var address = $"/tasks/{task.Id}/submit";
        var form = (await visitor.Get($"/tasks/{task.Id}")).Form(address);
        Assert.Equal(9, form.QuerySelectorAll("input[type=radio]").Length);

        var refused = await visitor.Send(form, ("text", "已查"), ("form.results.0.result", "done"), ("form.results.1.result", "problem"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("值班记录", refused.Text(".refusal"));
        Assert.True(refused.Document.QuerySelector("input[name='form.results.1.result'][value=problem]")!.HasAttribute("checked"));

        var done = await visitor.Send(refused.Form(address), ("form.results.1.note", "交接记录缺失"), ("form.results.2.result", "notDone"));
        Assert.Contains("交接记录缺失", done.Text(".checklist-items"));
        var day = await (await server.Visit("taiping.office")).Get("/checklists");
        Assert.Contains("交接记录缺失", day.Text(".links"));
        Assert.Equal(["1", "1", "1 / 3"], day.Document.QuerySelectorAll("#results tbody tr")[0].QuerySelectorAll("td.count").Select(cell => cell.TextContent.Trim()));
    }

    private static string? Figure(SeenPage page, string field) => page.Document.QuerySelector($"input[name='form.{field}']")!.GetAttribute("value");
}
