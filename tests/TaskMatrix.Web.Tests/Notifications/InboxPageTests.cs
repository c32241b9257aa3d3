using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Notifications;

[Collection(PagesCollection.Name)]
public sealed class InboxPageTests(PagesServer server)
{
    [Fact]
    public async Task The_header_counts_what_is_unread_and_opening_a_message_reads_it_and_leads_to_its_task()
    {
        var visitor = await server.Visit("taiping.red-cross");
        await visitor.Send((await visitor.Get("/notifications")).Form("/notifications/read-all"));
        var task = await server.Send("taiping.office", new CreateTask.Command(null, "核查社矫人员", null, "red-cross", null, null, "P1D", null, "P3D", true, false, null, null, null, false));

        var inbox = await visitor.Get("/notifications");
        Assert.Equal("1", inbox.Text(".inbox-count"));
        Assert.Contains("核查社矫人员", inbox.Text(".messages li.unread"));
        var form = inbox.Document.QuerySelectorAll<IHtmlFormElement>(".messages li.unread form").First();
        var page = await visitor.Send(form);

        Assert.Equal($"/tasks/{task.Id}", page.Address.AbsolutePath);
        Assert.Empty(page.Document.QuerySelectorAll(".inbox-count"));
        Assert.NotEmpty((await visitor.Get("/notifications?unread=true")).Text(".empty-state"));
        Assert.Contains("核查社矫人员", (await visitor.Get("/notifications?unread=false&kind=task-issued")).Text(".messages"), StringComparison.Ordinal);
        Assert.DoesNotContain("核查社矫人员", (await visitor.Get("/notifications?unread=false&kind=task-overdue")).Html, StringComparison.Ordinal);
        Assert.Contains("\"unread\":0", await visitor.Client.GetStringAsync("/notifications/unread"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_system_administrator_sets_channels_and_what_is_refused_stands_with_its_reason()
    {
        var visitor = await server.Visit("taiping.sysadmin");
        var refused = await visitor.Send((await visitor.Get("/channels")).Form("/channels"), ("recipient", "education"), ("kind", "feishu"), ("target", "https://10.0.0.1/hook"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("内部网络", refused.Text("#f-channel-errors"));

        var made = await visitor.Send(refused.Form("/channels"), ("target", "https://open.feishu.cn/open-apis/bot/v2/hook/x"), ("secret", "s3cret"));
        Assert.Contains("open.feishu.cn", made.Text("table"));
        Assert.DoesNotContain("s3cret", made.Html);
        Assert.DoesNotContain("hook/x", made.Html);
        var id = Assert.Single((await server.Send("taiping.sysadmin", new ListChannels.Query())).Channels).Id;
        var removed = await visitor.Send(made.Form($"/channels/{id}/remove"));
        Assert.DoesNotContain("open.feishu.cn", removed.Html);
    }

    [Fact]
    public async Task The_account_shows_the_address_of_the_calendar_once()
    {
        var visitor = await server.Visit("taiping.finance");
        var made = await visitor.Send((await visitor.Get("/account")).Form("/account/calendar"));
        var address = made.Text("code.address");

        Assert.StartsWith(server.Address.AbsoluteUri + "api/calendar/", address, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await new HttpClient().GetAsync(address)).StatusCode);
        Assert.Empty((await visitor.Get("/account")).Text("code.address"));
        await visitor.Send((await visitor.Get("/account")).Form("/account/calendar/revoke"));
        Assert.Equal(HttpStatusCode.NotFound, (await new HttpClient().GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Jobs_that_wait_are_shown_to_the_office()
    {
        var visitor = await server.Visit("taiping.office");
        var page = await visitor.Get("/jobs");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotEmpty(page.Document.QuerySelectorAll("tbody tr"));
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/jobs?state=dead")).Status);
    }
}
