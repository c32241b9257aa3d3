using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Reports;

/// <summary>The daily report of 兰溪镇 by pages and plain forms.</summary>
[Collection(PagesCollection.Name)]
public sealed class ReportPageTests(PagesServer server)
{
    [Fact]
    public async Task A_report_is_filled_signed_corrected_and_signed_by_pages()
    {
        var id = await Report("finance");
        var (liaison, head, office) = (await server.Visit("lanxi.finance"), await server.Visit("lanxi.finance.head"), await server.Visit("lanxi.office"));
        var form = (await liaison.Get($"/tasks/{id}")).Form($"/tasks/{id}/submit");
        Assert.Equal(["done", "nothingToReport", "notExecutable"], form.QuerySelectorAll("input[name=outcome]").Select(choice => choice.GetAttribute("value")));
        var refused = await liaison.Send(form, ("form.underObservation", "3"));
        Assert.Equal((HttpStatusCode.BadRequest, "3"), (refused.Status, refused.Document.QuerySelector("input[name='form.underObservation']")?.GetAttribute("value")));
        Assert.Equal("已报结。", (await liaison.Send(form, ("form.underObservation", "3"), ("text", "今日三人"))).Text(".told"));
        await head.Send((await head.Get($"/tasks/{id}")).Form($"/tasks/{id}/sign"));
        Assert.Contains("3", Row(await office.Get("/reports"), "财政所"));

        var correct = (await liaison.Get($"/tasks/{id}")).Form($"/tasks/{id}/correct");
        Assert.Equal(("3", "今日三人"), (correct.QuerySelector("input[name='form.underObservation']")?.GetAttribute("value"), correct.QuerySelector("textarea[name=text]")?.TextContent));
        Assert.Equal("更正已登记。", (await liaison.Send(correct, ("form.underObservation", "8"), ("reason", "漏计五人"))).Text(".told"));
        var waiting = await head.Get($"/tasks/{id}");
        Assert.Contains("有一份更正等待审签", waiting.Text("#versions-heading + p"));
        Assert.Contains("审签更正", waiting.Text(".leading h3"));
        await head.Send(waiting.Form($"/tasks/{id}/sign"));

        var page = await office.Get("/reports");
        Assert.Contains("更正", Row(page, "财政所"));
        Assert.Contains("8", Row(page, "财政所"));
        var versions = page.Document.QuerySelector("#corrections-heading")!.ParentElement!.TextContent;
        Assert.All(["漏计五人", "3", "8", "有效"], part => Assert.Contains(part, versions));
        Assert.Contains("更正", (await office.Get($"/tasks/{id}")).Text(".history"));
    }

    [Fact]
    public async Task Nothing_to_report_is_chosen_and_needs_no_words()
    {
        var id = await Report("forestry-station");
        var liaison = await server.Visit("lanxi.forestry-station");

        var sent = await liaison.Send((await liaison.Get($"/tasks/{id}")).Form($"/tasks/{id}/submit"), ("outcome", "nothingToReport"));

        Assert.Equal("已报结。", sent.Text(".told"));
        var task = await server.Send("lanxi.office", new GetTask.Query(id));
        Assert.Equal((Outcome.NothingToReport, "无情况（零报告）"), (task.Outcome, task.ReportText));
    }

    [Fact]
    public async Task The_office_urges_one_unit_with_a_click_and_once()
    {
        var id = await Report("bus-station");
        var office = await server.Visit("lanxi.office");
        var form = (await office.Get("/reports")).Document.QuerySelectorAll<IHtmlFormElement>("form[action='/reports/urge']")
            .Single(one => one.QuerySelector("input[name=unit]")?.GetAttribute("value") == "bus-station");

        Assert.Equal("已催报 1 个单位。", (await office.Send(form)).Text(".told"));
        await office.Send(form);

        Assert.Single(await server.Send("lanxi.office", new GetTaskEvents.Query(id)), entry => entry.Action == "urge");
    }

    [Fact]
    public async Task The_summary_begins_with_the_sums()
    {
        var office = await server.Visit("lanxi.office");
        await office.Send((await office.Get("/reports")).Form("/reports/summary"));
        var id = (await server.Send("lanxi.office", new SummarizeReports.Command(null, null))).Id;
        var day = await server.Send("lanxi.office", new GetDailyReport.Query(null, null, null));

        var form = (await (await server.Visit("lanxi.leading-group-office")).Get($"/tasks/{id}")).Form($"/tasks/{id}/submit");

        Assert.Equal($"{day.Expected}", form.QuerySelector("input[name='form.expected']")?.GetAttribute("value"));
        Assert.Equal($"{day.Totals["underObservation"]}", form.QuerySelector("input[name='form.underObservation']")?.GetAttribute("value"));
    }

    [Fact]
    public async Task The_series_stands_in_a_table_and_its_plot_needs_no_inline_script()
    {
        var page = await (await server.Visit("lanxi.leader")).Get("/reports?figure=suppliesMasks");

        Assert.Equal(14, page.Document.QuerySelectorAll("#series-heading ~ .scroll tbody tr").Length);
        Assert.Equal(2, page.Document.QuerySelectorAll("[data-plot]").Length);
        Assert.All(page.Document.QuerySelectorAll("[data-plot]"), plot => System.Text.Json.JsonDocument.Parse(plot.GetAttribute("data-plot")!).Dispose());
        Assert.All(page.Document.QuerySelectorAll("script"), script => Assert.True(script.HasAttribute("src") && script.TextContent.Length == 0));
        Assert.DoesNotContain("/reports/urge", page.FormActions);
        foreach (var script in page.Document.QuerySelectorAll("script").Select(script => script.GetAttribute("src")!))
        {
            Assert.Equal(HttpStatusCode.OK, (await (await server.Visit()).Client.GetAsync(script)).StatusCode);
        }
    }

    [Fact]
    public async Task A_unit_sees_its_own_report_and_an_administrator_none()
    {
        var own = await (await server.Visit("lanxi.fishery")).Get("/reports");
        Assert.Equal("渔场", own.Document.QuerySelectorAll(".reports tbody th a").First().TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await server.Visit("lanxi.sysadmin")).Get("/reports")).Status);
    }

    [Theory]
    [InlineData("/reports?date=2020-01-01")]
    [InlineData("/reports?date=nonsense&figure=nonsense")]
    [InlineData("/reports?date=0001-01-01")]
    [InlineData("/reports?form=daily-summary")]
    public async Task Any_day_has_its_page(string address) =>
        Assert.Equal(HttpStatusCode.OK, (await (await server.Visit("lanxi.office")).Get(address)).Status);

    [Fact]
    public async Task The_bulletin_comes_as_a_file()
    {
        var answer = await (await server.Visit("lanxi.office")).Client.GetAsync("/reports/bulletin?date=2020-01-23");

        Assert.Equal("daily-lanxi-2020-01-23.docx", answer.Content.Headers.ContentDisposition?.FileName);
    }

    private static string Row(SeenPage page, string unit) =>
        page.Document.QuerySelectorAll(".reports tbody tr").First(row => row.QuerySelector("th")?.TextContent.Contains(unit, StringComparison.Ordinal) == true).TextContent;

    private async Task<Guid> Report(string unit) =>
        (await server.Send($"lanxi.{unit}", new ListTasks.Query(new TaskFilter { Duty = "lanxi.all-units.daily-report", Unit = unit }, null, Paging.First))).Items
            .Single(task => task.LeadUnit == unit && task.Occurrence == "2020-01-23").Id;
}
