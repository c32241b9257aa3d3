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

    [Theory]
    [InlineData("lanxi.leader", 3)]
    [InlineData("taiping.leader", 1)]
    public async Task Draws_the_days_of_tasks_and_of_reports_where_they_are_asked_for_and_says_the_same_in_a_table(string userName, int plots)
    {
        var page = await (await server.Visit(userName)).Get("/situation");
        Assert.Equal(plots, page.Document.QuerySelectorAll("[data-plot]").Length);
        Assert.NotEmpty(page.Document.QuerySelectorAll(".day-table tbody tr"));
        Assert.Equal(plots > 1 ? 8 : 5, page.Document.QuerySelectorAll(".day-table thead th").Length);

        var issued = await server.Send(userName, new App.Statistics.GetStatistics.Query(null, new DateOnly(2020, 1, 23), new DateOnly(2020, 1, 23), App.Statistics.StatisticsBy.Day));
        var day = page.Document.QuerySelectorAll(".day-table tbody tr").Single(row => row.QuerySelector("th")!.TextContent.Contains("1月23日", StringComparison.Ordinal));
        Assert.Equal(issued.Total.Issued.ToString(System.Globalization.CultureInfo.InvariantCulture), day.QuerySelectorAll("td")[0].TextContent.Trim());
    }

    [Fact]
    public async Task Its_figures_and_red_lights_are_those_of_the_tasks()
    {
        var page = await (await server.Visit("lanxi.leader")).Get("/situation");
        var counts = await server.Send("lanxi.leader", new App.TaskInstances.CountTasks.Query(new App.TaskInstances.TaskFilter()));
        var late = await server.Send("lanxi.leader", new App.Overdue.ListOverdue.Query(new App.TaskInstances.TaskFilter(), null, new App.Storage.Paging(null, 1)));
        Assert.Equal(counts.Open.ToString(System.Globalization.CultureInfo.InvariantCulture), page.Text("#situation-figures a[href='/tasks'] strong"));
        Assert.Equal(counts.Overdue.ToString(System.Globalization.CultureInfo.InvariantCulture), page.Text("#situation-figures a[href='/overdue'] strong"));
        Assert.Equal(late.Items.Select(one => $"/tasks/{one.Task.Id}"), page.Document.QuerySelectorAll("#situation .plain a[href^='/tasks/']").Take(1).Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task An_instruction_stands_with_what_came_of_it()
    {
        var made = await server.Send("taiping.leader", new App.Workflows.IssueInstruction.Command(null, "速查物资缺口", null, null, null));
        var page = await (await server.Visit("taiping.leader")).Get("/situation");
        Assert.Contains("已批示", Line(page), StringComparison.Ordinal);
        Assert.Contains("尚无反馈", Line(page), StringComparison.Ordinal);

        await server.Send("taiping.office", new App.Workflows.GiveInstructionFeedback.Command(made.Id, "缺口护目镜二百副"));
        Assert.Contains("缺口护目镜二百副", Line(await (await server.Visit("taiping.leader")).Get("/situation")), StringComparison.Ordinal);

        string Line(SeenPage seen) => seen.Document.QuerySelector($"#situation a[href='/instructions/{made.Id}']")!.ParentElement!.TextContent;
    }

    [Fact]
    public async Task Is_not_for_a_unit() => Assert.Equal(HttpStatusCode.Forbidden, (await (await server.Visit("taiping.education")).Get("/situation")).Status);
}
