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
        Assert.NotEmpty(page.Document.QuerySelectorAll("td.letters a .light"));
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
}
