using System.Net;

namespace TaskMatrix.Web.Tests.Shell;

/// <summary>One field finds tasks, duties, sentences and units, each within what the person may see.</summary>
[Collection(PagesCollection.Name)]
public sealed class SearchPageTests(PagesServer server)
{
    [Fact]
    public async Task Part_of_a_Chinese_word_finds_each_kind()
    {
        var visitor = await server.Visit("taiping.office");
        var page = await visitor.Send((await visitor.Get("/")).Form("/search"), ("q", "学生晨午检"));
        Assert.Contains("晨午检", page.Text("section[aria-labelledby=duties-heading]"), StringComparison.Ordinal);
        var clause = page.Document.QuerySelector("section[aria-labelledby=clauses-heading] a")!.GetAttribute("href")!;
        Assert.NotNull((await visitor.Get(clause)).Document.QuerySelector("a[id='" + clause[(clause.IndexOf('#') + 1)..] + "']"));
        Assert.Contains("区教育局", (await visitor.Get("/search?q=教育")).Text("section[aria-labelledby=units-heading]"), StringComparison.Ordinal);
        Assert.NotEmpty((await visitor.Get("/search?q=%E6%95%99%E8%82%B2")).Document.QuerySelectorAll("section[aria-labelledby=tasks-heading] table.tasks tbody tr"));
    }

    [Fact]
    public async Task Nothing_found_says_so_and_shows_what_was_typed_as_text()
    {
        var visitor = await server.Visit("taiping.office");
        var page = await visitor.Get("/search?q=" + Uri.EscapeDataString("<svg onload=alert(1)>"));
        Assert.Contains("<svg onload=alert(1)>", page.Text(".empty-state"), StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("main svg"));
    }

    [Fact]
    public async Task A_unit_finds_no_task_of_another_and_an_administrator_nothing()
    {
        var visitor = await server.Visit("taiping.education");
        var numbers = (await visitor.Get("/search?q=太平-2020")).Document.QuerySelectorAll("table.tasks .title-cell a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.NotEmpty(numbers);
        foreach (var task in numbers.Take(3))
        {
            Assert.Equal(HttpStatusCode.OK, (await visitor.Get(task)).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await (await server.Visit("taiping.sysadmin")).Get("/search?q=学生")).Status);
    }
}
