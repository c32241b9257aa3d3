using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Duties;

[Collection(PagesCollection.Name)]
public sealed class MatrixPageTests(PagesServer server)
{
    [Fact]
    public async Task Has_a_column_for_each_unit_and_lights_where_there_are_tasks()
    {
        var visitor = await server.Visit("taiping.office");
        var page = await visitor.Get("/matrix");
        Assert.Equal(26, page.Document.QuerySelectorAll("th.unit").Length);
        Assert.True(page.Document.QuerySelectorAll("th[scope=row]").Length > 100);
        Assert.NotEmpty(page.Document.QuerySelectorAll("td.letters a use"));
        Assert.True(page.Html.Length < 1_000_000);
    }

    [Fact]
    public async Task Narrows_to_a_unit_and_its_section()
    {
        var visitor = await server.Visit("taiping.office");
        var page = await visitor.Get("/matrix?unit=education&section=" + Uri.EscapeDataString("四、职责分工"));
        Assert.Equal("区教育局", Assert.Single(page.Document.QuerySelectorAll("th.unit")).TextContent);
        Assert.Single(page.Document.QuerySelectorAll("tr.section"));
    }

    [Fact]
    public async Task Shows_a_unit_its_own_figures_alone()
    {
        var visitor = await server.Visit("taiping.education");
        var cells = (await visitor.Get("/matrix")).Document.QuerySelectorAll("td.letters a");
        Assert.NotEmpty(cells);
        Assert.All(cells, cell => Assert.Contains("unit=education&", cell.GetAttribute("href")));
    }

    [Fact]
    public async Task Filters_narrow_together_and_stay_when_the_level_or_the_moment_changes()
    {
        var visitor = await server.Visit("taiping.office");
        var matrix = await Matrix("taiping.office");
        var (section, kind, unit) = ("四、职责分工", DutyKind.Recurring, "education");
        var expected = matrix.Rows.Where(row => row.Section == section && row.Kind == kind && row.Cells.ContainsKey(unit)).ToList();
        Assert.NotEmpty(expected);

        var page = await visitor.Get($"/matrix?section={Uri.EscapeDataString(section)}&kind=recurring&unit={unit}");
        Assert.Equal(expected.Count, page.Document.QuerySelectorAll("tbody tr:not(.section)").Length);
        foreach (var light in Enum.GetValues<Light>())
        {
            var lit = await visitor.Get(page.Address.PathAndQuery + "&light=" + Texts.Camel(light));
            Assert.Equal(expected.Count(row => row.Cells[unit].ToStanding() is { HasLight: true } standing && standing.Light == light), lit.Document.QuerySelectorAll("tbody tr:not(.section)").Length);
        }

        var wide = await visitor.Get(page.Document.QuerySelector(".trail a[href*='level=sections']")!.GetAttribute("href")!);
        Assert.Equal(("recurring", unit), (Chosen(wide, "kind"), Chosen(wide, "unit")));
        Assert.Equal(["kind", "level", "unit"], wide.Document.QuerySelectorAll(".as-of-form input[type=hidden]").Select(field => field.GetAttribute("name")!).Order());
        var back = await visitor.Send(wide.Document.QuerySelector<IHtmlFormElement>(".as-of-form")!, ("asOf", "2020-01-23T07:59"));
        Assert.NotNull(back.Document.QuerySelector(".as-of"));
        Assert.NotNull(back.Document.QuerySelector("table.by-section"));
        Assert.Equal(("recurring", unit), (Chosen(back, "kind"), Chosen(back, "unit")));
        Assert.All(back.Document.QuerySelectorAll(".trail a, .matrix td a, .matrix tbody a"), link => Assert.Contains("asOf=", link.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("taiping.office", "")]
    [InlineData("taiping.education", "")]
    [InlineData("lanxi.leader", "&kind=standing")]
    public async Task From_far_each_section_is_one_row_of_sums(string userName, string filter)
    {
        var visitor = await server.Visit(userName);
        var matrix = await Matrix(userName);
        var page = await visitor.Get("/matrix?level=sections" + filter);
        var rows = matrix.Rows.Where(row => filter.Length == 0 || row.Kind == DutyKind.Standing).ToLookup(row => row.Section);
        var shown = page.Document.QuerySelectorAll("table.by-section tbody tr");
        Assert.Equal(rows.Select(section => section.Key), shown.Select(row => row.QuerySelector("th a")!.TextContent));
        foreach (var (row, section) in shown.Zip(rows))
        {
            var cells = row.QuerySelectorAll("td").ToList();
            Assert.Equal(matrix.Units.Count + 1, cells.Count);
            AssertSum(Standing.Of(section.SelectMany(one => one.Cells.Values).Select(cell => cell.ToStanding())), cells[0]);
            foreach (var (unit, cell) in matrix.Units.Zip(cells.Skip(1)))
            {
                AssertSum(Standing.Of(section.Select(one => one.Cells.GetValueOrDefault(unit.Id)?.ToStanding()).OfType<Standing>()), cell);
            }
        }

        AssertSum(Standing.Of(rows.SelectMany(section => section).SelectMany(one => one.Cells.Values).Select(cell => cell.ToStanding())), page.Document.QuerySelector("tfoot td")!);
    }

    [Fact]
    public async Task Each_level_leads_to_the_next_and_back_out()
    {
        var visitor = await server.Visit("taiping.office");
        var far = await visitor.Get("/matrix?level=sections");
        var near = await visitor.Get(far.Document.QuerySelectorAll("tbody th a").Single(link => link.TextContent == "四、职责分工").GetAttribute("href")!);
        Assert.Equal("四、职责分工", near.Text(".trail [aria-current]"));
        Assert.Equal("四、职责分工", near.Text("tr.section"));

        var duty = await visitor.Get(near.Document.QuerySelector("tbody th a[href*='duty=taiping.education.absence-checks']")!.GetAttribute("href")!);
        var tasks = await server.Send("taiping.office", new ListTasks.Query(new TaskFilter { Duty = "taiping.education.absence-checks" }, "-dueAt", new Paging(null, 50)));
        Assert.NotEmpty(tasks.Items);
        Assert.Equal(tasks.Items.Select(task => $"/tasks/{task.Id}"), duty.Document.QuerySelectorAll("table.tasks .title-cell a").Select(link => link.GetAttribute("href")!));
        Assert.NotNull(duty.Document.QuerySelector("a[href='/duties/taiping.education.absence-checks']"));
        var own = duty.Document.QuerySelectorAll("table.duty-units tbody tr").Single(row => row.QuerySelector("th a[href='/organisation/education']") is not null);
        Assert.Contains("R 承办、A 负责", own.TextContent, StringComparison.Ordinal);

        Assert.Equal(["按章节汇总", "四、职责分工"], duty.Document.QuerySelectorAll(".trail a").Select(link => link.TextContent));
        Assert.Equal("四、职责分工", (await visitor.Get(duty.Document.QuerySelectorAll(".trail a")[1].GetAttribute("href")!)).Text("tr.section"));
        Assert.NotNull((await visitor.Get(duty.Document.QuerySelectorAll(".trail a")[0].GetAttribute("href")!)).Document.QuerySelector("table.by-section"));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/matrix?duty=taiping.none")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.Get("/matrix?level=far")).Status);
    }

    [Fact]
    public async Task A_duty_of_the_past_shows_its_figures_and_says_why_no_tasks()
    {
        var page = await (await server.Visit("taiping.office")).Get("/matrix?duty=taiping.education.absence-checks&asOf=2020-01-22T08:00");
        Assert.Empty(page.Document.QuerySelectorAll("table.tasks"));
        Assert.All(page.Document.QuerySelectorAll("table.duty-units td.count"), cell => Assert.Equal("0", cell.TextContent));
        Assert.Contains("当前情况", page.Text("#matrix"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("taiping.office", "taiping.all-units.implement-plan")]
    [InlineData("taiping.health", "taiping.education.absence-checks")]
    public async Task The_open_tasks_of_a_cell_are_as_many_as_stand_in_the_list_it_leads_to(string userName, string duty)
    {
        var visitor = await server.Visit(userName);
        var lines = (await visitor.Get("/matrix?duty=" + duty)).Document.QuerySelectorAll("table.duty-units td.count a").Take(4).ToList();

        Assert.Equal(userName == "taiping.office", lines.Count > 0);
        foreach (var line in lines)
        {
            Assert.Equal(line.TextContent, (await ListWalk.Rows(visitor, line.GetAttribute("href")!, "table.tasks tbody tr")).Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("/matrix?unit=education&kind=recurring")]
    [InlineData("/matrix?section=%E5%9B%9B%E3%80%81%E8%81%8C%E8%B4%A3%E5%88%86%E5%B7%A5")]
    [InlineData("/matrix?level=sections&kind=standing")]
    [InlineData("/matrix?duty=taiping.education.absence-checks")]
    public async Task The_file_holds_what_the_page_shows(string address)
    {
        var visitor = await server.Visit("taiping.office");
        var page = await visitor.Get(address);
        var file = await visitor.Client.GetByteArrayAsync(page.Document.QuerySelector("#matrix-file")!.GetAttribute("href"));

        using var book = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        var rows = book.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>().Select(row => row.Elements<Cell>().Select(cell => cell.InnerText).ToList()).Skip(2).ToList();
        var shown = page.Document.QuerySelectorAll("table.matrix tbody tr:not(.section), table.matrix tfoot tr").Length;
        Assert.Equal(shown == 0 ? 1 : shown, rows.Count - 1);
        var units = page.Document.QuerySelectorAll("table.matrix th.unit a").Select(unit => unit.TextContent.Trim()).ToList();
        Assert.Empty(units.Except(rows[0]));
        Assert.Equal(units.Count == 0 ? 26 : units.Count, rows[0].Count - (address.Contains("level", StringComparison.Ordinal) ? 2 : 4));
    }

    private Task<GetMatrix.Result> Matrix(string userName) => server.Send(userName, new GetMatrix.Query(null, null));

    private static string? Chosen(SeenPage page, string filter) => page.Document.QuerySelector<IHtmlSelectElement>($".filter select[name={filter}]")?.Value;

    private static void AssertSum(Standing expected, IElement cell)
    {
        if (!expected.HasLight)
        {
            Assert.Null(cell.QuerySelector("a"));
            return;
        }

        Assert.Equal($"{(expected.Overdue > 0 ? $"{expected.Overdue}/" : "")}{expected.Open}", cell.QuerySelector("b")!.TextContent);
        Assert.Equal($"#shape-{Texts.Camel(expected.Light)}", cell.QuerySelector("use")!.GetAttribute("href"));
        Assert.Equal($"未办结 {expected.Open}，逾期 {expected.Overdue}，已办结 {expected.Closed}", cell.QuerySelector("a")!.GetAttribute("title"));
    }
}
