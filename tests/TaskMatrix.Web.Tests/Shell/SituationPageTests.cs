using System.Net;

namespace TaskMatrix.Web.Tests.Shell;

/// <summary>The one screen of those who lead.</summary>
[Collection(PagesCollection.Name)]
public sealed class SituationPageTests(PagesServer server)
{
    [Theory]
    [InlineData("lanxi.leader")]
    [InlineData("taiping.office")]
    [InlineData("taiping.inspector")]
    public async Task Shows_the_response_the_figures_instructions_and_events(string userName)
    {
        var page = await (await server.Visit(userName)).Get("/situation");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotNull(page.Document.QuerySelector("#situation-figures a[href$='/response']"));
        Assert.Equal(4, page.Document.QuerySelectorAll("#situation > section").Length);
    }

    [Fact]
    public async Task Draws_the_days_only_where_reports_are_asked_for()
    {
        Assert.Equal(2, (await (await server.Visit("lanxi.leader")).Get("/situation")).Document.QuerySelectorAll("[data-plot]").Length);
        Assert.Empty((await (await server.Visit("taiping.leader")).Get("/situation")).Document.QuerySelectorAll("[data-plot]"));
    }

    [Fact]
    public async Task An_instruction_stands_with_what_came_of_it()
    {
        var made = await server.Send("taiping.leader", new App.Workflows.IssueInstruction.Command(null, "速查物资缺口", null, null, null));
        var page = await (await server.Visit("taiping.leader")).Get("/situation");
        Assert.Contains("已批示", page.Document.QuerySelector($"#situation a[href='/instructions/{made.Id}']")!.ParentElement!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_for_a_unit() => Assert.Equal(HttpStatusCode.Forbidden, (await (await server.Visit("taiping.education")).Get("/situation")).Status);
}
