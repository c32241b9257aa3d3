using System.Net;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.TaskInstances;

/// <summary>A task and the matrix as they stood, on pages.</summary>
[Collection(PagesCollection.Name)]
public sealed class LookingBackTests(PagesServer server)
{
    [Fact]
    public async Task A_task_is_shown_as_it_stood_with_a_banner_and_nothing_to_do()
    {
        var task = await server.Send("taiping.office", new CreateTask.Command(null, "回看", null, "justice", [], null, "P1D", null, "P3D", true, false, null, null, null, false));
        var issued = task.IssuedAt!.Value;
        await Task.Run(() => server.Send("taiping.justice", new AcknowledgeTask.Command(task.Id, null)));
        var visitor = await server.Visit("taiping.justice");

        var then = await visitor.Get($"/tasks/{task.Id}?asOf={Uri.EscapeDataString(issued.ToString("O"))}");
        Assert.Contains("时的情况", then.Text(".as-of"));
        Assert.Contains("待签收", then.Text(".deadlines"));
        Assert.DoesNotContain(then.FormActions, action => action.StartsWith($"/tasks/{task.Id}/", StringComparison.Ordinal));
        Assert.Single(then.Document.QuerySelectorAll(".history li .what"));

        var now = await visitor.Get(then.Document.QuerySelector(".as-of a")!.GetAttribute("href")!);
        Assert.Null(now.Document.QuerySelector(".as-of"));
        Assert.Contains("办理中", now.Text(".deadlines"));
        Assert.NotNull(now.Document.QuerySelector("input[name=asOf][type=datetime-local]"));
        Assert.Contains($"/tasks/{task.Id}/submit", now.FormActions);
    }

    [Theory]
    [InlineData("2019-12-31T23:00", HttpStatusCode.NotFound)]
    [InlineData("2019-12-31T23:00:00+08:00", HttpStatusCode.NotFound)]
    [InlineData("2999-01-01T00:00", HttpStatusCode.OK)]
    [InlineData("nonsense", HttpStatusCode.OK)]
    public async Task Before_the_issue_there_is_nothing_and_what_is_no_moment_is_the_present(string asOf, HttpStatusCode expected)
    {
        var task = await server.Send("taiping.office", new CreateTask.Command(null, "回看", null, "justice", [], null, "P1D", null, "P3D", true, false, null, null, null, false));

        Assert.Equal(expected, (await (await server.Visit("taiping.office")).Get($"/tasks/{task.Id}?asOf={Uri.EscapeDataString(asOf)}")).Status);
    }

    [Fact]
    public async Task The_matrix_looks_back_keeps_its_filter_and_is_taken_as_it_stood()
    {
        var visitor = await server.Visit("taiping.office");

        var then = await visitor.Get("/matrix?kind=oneOff&asOf=2020-01-01T08:00");

        Assert.Contains("1月1日", then.Text(".as-of"));
        Assert.Empty(then.Document.QuerySelectorAll("td.letters a"));
        Assert.Equal("oneOff", then.Document.QuerySelector(".as-of-form input[name=kind]")?.GetAttribute("value"));
        var file = then.Document.QuerySelector("a[href^='/matrix.xlsx']")!.GetAttribute("href")!;
        Assert.Contains("asOf=2020-01-01", file, StringComparison.Ordinal);
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (await visitor.Client.GetAsync(file)).Content.Headers.ContentType?.MediaType);
        Assert.Null((await visitor.Get("/matrix")).Document.QuerySelector(".as-of"));
    }
}
