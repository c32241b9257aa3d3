using System.Net;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.TaskInstances;

[Collection(PagesCollection.Name)]
public sealed class TaskListPageTests(PagesServer server)
{
    [Fact]
    public async Task Pages_through_everything_once()
    {
        var visitor = await server.Visit("lanxi.office");
        var seen = new List<string>();
        for (var page = await visitor.Get("/tasks?state=all"); ; page = await visitor.Get(page.Document.QuerySelectorAll(".paging a").Last().GetAttribute("href")!))
        {
            seen.AddRange(page.Document.QuerySelectorAll(".tasks .number").Select(number => number.TextContent));
            if (!page.Document.QuerySelectorAll(".paging a").Any(link => link.TextContent == "下一页"))
            {
                Assert.Contains(seen.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), page.Text(".total"));
                break;
            }
        }

        Assert.Equal(seen.Distinct().Count(), seen.Count);
        Assert.True(seen.Count > 100);
    }

    [Fact]
    public async Task Narrows_by_unit_state_light_and_words()
    {
        var visitor = await server.Visit("taiping.office");
        var form = (await visitor.Get("/tasks")).Form("/tasks");
        var narrowed = await visitor.Send(form, ("unit", "education"), ("state", "inProgress"), ("light", ""), ("q", "晨午检"));
        Assert.Equal("学生晨午检与因病缺勤追查登记", Assert.Single(narrowed.Document.QuerySelectorAll(".tasks .title-cell a")).TextContent);
        Assert.Equal("晨午检", narrowed.Document.QuerySelector("main input[name=q]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Nothing_found_is_said()
    {
        var visitor = await server.Visit("taiping.office");
        Assert.NotEmpty((await visitor.Get("/tasks?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA%E8%AF%8D")).Text(".empty-state"));
    }

    [Theory]
    [InlineData("/tasks?state=nonsense")]
    [InlineData("/tasks?cursor=nonsense")]
    [InlineData("/matrix?light=7")]
    public async Task A_senseless_filter_is_refused_with_a_page(string path)
    {
        var visitor = await server.Visit("taiping.office");
        var page = await visitor.Get(path);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotEmpty(page.Text("h1"));
    }

    [Theory]
    [InlineData("/tasks?version=x", "version")]
    [InlineData("/tasks?version=", "version")]
    [InlineData("/tasks?overdue=maybe", "overdue")]
    [InlineData("/workflows/daily-checklist?task=none", "task")]
    [InlineData("/search?q=a%00b", "q")]
    public async Task A_filter_that_cannot_be_read_is_refused_with_its_name(string path, string name)
    {
        var page = await (await server.Visit("taiping.office")).Get(path);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains($"“{name}”的值无法识别", page.Text(".notice"), StringComparison.Ordinal);
    }
}
