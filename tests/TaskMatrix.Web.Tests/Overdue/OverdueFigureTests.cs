using System.Globalization;
using AngleSharp.Dom;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Overdue;

/// <summary>The figure of what is overdue holds what was not reported, says so, and leads to as many rows.</summary>
[Collection(LateDaysCollection.Name)]
public sealed class OverdueFigureTests(LateDays days)
{
    private const string Rows = "table.overdue tbody tr";

    private readonly PagesServer server = days.Server;

    [Theory]
    [InlineData("taiping.office", "/", "#desk-figures a[href='/overdue']")]
    [InlineData("taiping.health", "/", "#desk-figures a[href='/overdue?unit=health']")]
    [InlineData("taiping.leader", "/situation", "#situation-figures a[href='/overdue']")]
    public async Task Desk_and_situation_say_how_much_of_it_was_not_reported(string userName, string address, string figure)
    {
        var visitor = await server.Visit(userName);
        var shown = (await visitor.Get(address)).Document.QuerySelector(figure)!;

        var rows = await ListWalk.Rows(visitor, shown.GetAttribute("href")!, Rows);

        Assert.Equal(rows.Count, Number(shown.QuerySelector("strong")!));
        var missed = rows.Count(row => row.TextContent.Contains("未报", StringComparison.Ordinal));
        Assert.InRange(missed, 1, rows.Count - 1);
        Assert.Equal($"其中未报 {missed}", shown.QuerySelector(".missed")!.TextContent);
        Assert.StartsWith($"共 {rows.Count} ", (await visitor.Get(shown.GetAttribute("href")!)).Text(".total"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("taiping.leader", "/situation", ".bars tbody tr", "th a")]
    [InlineData("taiping.inspector", "/overdue", "details:nth-of-type(1) tbody tr", "td a")]
    [InlineData("taiping.health", "/overdue", "details:nth-of-type(1) tbody tr", "td a")]
    [InlineData("taiping.health", "/overdue", "details:nth-of-type(3) tbody tr", "td a")]
    public async Task A_figure_of_a_unit_or_a_duty_leads_to_as_many_rows(string userName, string address, string line, string link)
    {
        var visitor = await server.Visit(userName);
        var lines = (await visitor.Get(address)).Document.QuerySelectorAll(line).Where(row => row.QuerySelector(link) is not null).Take(4).ToList();

        Assert.NotEmpty(lines);
        foreach (var row in lines)
        {
            var rows = await ListWalk.Rows(visitor, row.QuerySelector(link)!.GetAttribute("href")!, Rows);
            Assert.Equal(rows.Count, Number(row.QuerySelector("td.count")!));
        }
    }

    [Fact]
    public async Task Of_a_unit_only_what_it_leads_is_chosen_by_the_filter()
    {
        var visitor = await server.Visit("taiping.office");
        var all = await visitor.Get("/overdue?unit=health");
        var led = await visitor.Send(all.Document.QuerySelector<AngleSharp.Html.Dom.IHtmlFormElement>("form.filter")!, ("part", "leads"));

        Assert.True(Number(led.Document.QuerySelector(".total")!) < Number(all.Document.QuerySelector(".total")!));
        Assert.All(led.Document.QuerySelectorAll(Rows), row => Assert.NotNull(row.QuerySelector("a[href='/organisation/health']")));
        Assert.True(led.Document.QuerySelector("input[name=part]")!.HasAttribute("checked"));
    }

    [Fact]
    public async Task Statistics_and_the_matrix_say_it_too()
    {
        var visitor = await server.Visit("taiping.office");

        Assert.Matches(@"其中未报 \d+", (await visitor.Get("/statistics?from=2020-01-20&to=2020-01-26")).Text(".figures .late .missed"));
        Assert.Contains((await visitor.Get("/matrix?level=sections")).Document.QuerySelectorAll("td.letters a"), cell => cell.GetAttribute("title")!.Contains("（其中未报 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_history_says_what_a_rung_did_and_to_whom()
    {
        var visitor = await server.Visit("taiping.office");
        var task = (await visitor.Get("/overdue")).Document.QuerySelector("table.overdue .title-cell a")!.GetAttribute("href")!;

        var words = (await visitor.Get(task)).Document.QuerySelectorAll(".history .words").Select(line => line.TextContent.Trim()).ToList();

        Assert.Contains(words, line => line.EndsWith("提醒（承办单位）", StringComparison.Ordinal));
        Assert.Contains(words, line => line.EndsWith("催办（承办单位）", StringComparison.Ordinal));
    }

    /// <summary>The first number of what is written there.</summary>
    private static int Number(IElement element) => int.Parse(System.Text.RegularExpressions.Regex.Match(element.TextContent, @"\d+").Value, CultureInfo.InvariantCulture);
}
