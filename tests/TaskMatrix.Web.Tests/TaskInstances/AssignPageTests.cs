using System.Net;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.TaskInstances;

[Collection(PagesCollection.Name)]
public sealed class AssignPageTests(PagesServer server)
{
    [Fact]
    public async Task Sent_twice_makes_one_task()
    {
        var visitor = await server.Visit("taiping.office");
        var form = (await visitor.Get("/tasks/new")).Form("/tasks/new");
        var (first, second) = (await visitor.Send(form, ("title", "只下达一次"), ("leadUnit", "health")), await visitor.Send(form, ("title", "只下达一次"), ("leadUnit", "health")));
        Assert.StartsWith("/tasks/", first.Address.AbsolutePath);
        Assert.Equal(first.Address.AbsolutePath, second.Address.AbsolutePath);
        Assert.Single((await server.Send("taiping.office", new ListTasks.Query(new TaskFilter { Q = "只下达一次" }, null, Paging.First))).Items);
    }

    [Fact]
    public async Task A_due_time_is_read_in_the_zone_of_the_jurisdiction()
    {
        var visitor = await server.Visit("taiping.office");
        var page = await visitor.Send((await visitor.Get("/tasks/new")).Form("/tasks/new"), ("title", "本地时间"), ("leadUnit", "health"), ("dueAt", "2020-03-01T18:30"));
        var task = await server.Send("taiping.office", new GetTask.Query(Guid.Parse(page.Address.Segments[^1])));
        Assert.Equal(new DateTimeOffset(2020, 3, 1, 18, 30, 0, TimeSpan.FromHours(8)), task.DueAt);
    }

    [Fact]
    public async Task Refused_keeps_every_field()
    {
        var visitor = await server.Visit("taiping.office");
        var refused = await visitor.Send(
            (await visitor.Get("/tasks/new")).Form("/tasks/new"), ("title", ""), ("description", "逐户排查"), ("leadUnit", "health"), ("coUnits", "finance"), ("dueIn", "PT4H"), ("evidenceRequired", "true"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("逐户排查", refused.Text("#f-assign-description"));
        Assert.Equal("PT4H", refused.Document.QuerySelector("#f-assign-dueIn option[selected]")!.GetAttribute("value"));
        Assert.True(refused.Document.QuerySelector("input[value=finance]")!.HasAttribute("checked"));
        Assert.True(refused.Document.QuerySelector("input[name=evidenceRequired]")!.HasAttribute("checked"));
    }
}
