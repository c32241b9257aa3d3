using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Notifications;

public sealed class NotificationTests
{
    [Fact]
    public async Task A_message_is_read_by_each_person_on_their_own()
    {
        await using var api = await RunningApi.Start();
        await api.As("taiping.education").Post("/api/notifications/read-all");
        await api.As("taiping.education.head").Post("/api/notifications/read-all");
        api.Wall.Now += TimeSpan.FromMinutes(2);
        var task = await api.Task("education");

        var message = (await api.As("taiping.education").Get("/api/notifications?unread=true")).Ok()["items"]!.AsArray().Single()!;
        Assert.Equal(("task-issued", $"/tasks/{task}", false, true), (message.Text("kind"), message.Text("path"), message["read"]!.GetValue<bool>(), message["exercise"]!.GetValue<bool>()));
        Assert.True((await api.As("taiping.education").Post($"/api/notifications/{message.Text("id")}/read")).Ok()["read"]!.GetValue<bool>());

        Assert.Equal(0, await Unread(api, "taiping.education"));
        Assert.Equal(1, await Unread(api, "taiping.education.head"));
        await api.As("taiping.education.head").Post("/api/notifications/read-all");
        Assert.Equal(0, await Unread(api, "taiping.education.head"));
    }

    [Fact]
    public async Task A_channel_is_set_up_without_its_secrets_ever_coming_back()
    {
        await using var api = await RunningApi.Start();
        var admin = api.As("taiping.sysadmin");

        var made = await admin.Post("/api/channels", new { recipient = "区教育局", kind = "dingtalk", target = "https://oapi.dingtalk.com/robot/send?access_token=token-of-the-group", secret = "SEC-of-the-group" });

        Assert.Equal(("unit:education", "oapi.dingtalk.com", true), (made.Ok(201).Text("address"), made.Json.Text("shown"), made.Json["signed"]!.GetValue<bool>()));
        var listed = (await admin.Get("/api/channels")).Ok();
        Assert.False(listed["sends"]!.GetValue<bool>());
        Assert.DoesNotContain("of-the-group", made.Json.ToJsonString() + listed.ToJsonString());
        Assert.DoesNotContain(await api.Read(db => Task.FromResult(db.Channels.ToList())), channel => (channel.ProtectedTarget + channel.ProtectedSecret).Contains("of-the-group", StringComparison.Ordinal));
        Assert.Equal((409, "channel.exercise-stays"), ((await admin.Post($"/api/channels/{made.Json.Text("id")}/test")).Status, (await admin.Post($"/api/channels/{made.Json.Text("id")}/test")).Code));
        (await admin.Delete($"/api/channels/{made.Json.Text("id")}")).Ok();
        Assert.Empty((await admin.Get("/api/channels")).Ok()["channels"]!.AsArray());
    }

    [Theory]
    [InlineData("wecom", "https://127.0.0.1/send", null)]
    [InlineData("wecom", "http://robot.example/send", null)]
    [InlineData("wecom", "robot", null)]
    [InlineData("wecom", "https://robot.example/send", "secret")]
    [InlineData("mail", "office@example.org", null)]
    [InlineData("pigeon", "https://robot.example/send", null)]
    public async Task What_cannot_be_a_channel_is_refused_and_not_repeated(string kind, string target, string? secret)
    {
        var api = await RunningApi.Shared;

        var refused = await api.As("taiping.sysadmin").Post("/api/channels", new { recipient = "office", kind, target, secret });

        Assert.Equal(400, refused.Status);
        Assert.DoesNotContain(target, refused.Json.ToJsonString());
    }

    [Fact]
    public async Task A_calendar_program_reads_the_deadlines_with_the_token_alone()
    {
        await using var api = await RunningApi.Start();
        var task = await api.Task("education");
        var path = (await api.As("taiping.education").Post("/api/calendar")).Ok().Text("path");

        var answer = await api.Anonymous.Get(path);
        Assert.Equal(200, answer.Status);
        Assert.Contains($"UID:{task}@taskmatrix", answer.Text);
        Assert.Contains("演练", answer.Text);

        await api.As("taiping.education").Delete("/api/calendar");
        Assert.Equal(404, (await api.Anonymous.Get(path)).Status);
    }

    private static async Task<int> Unread(RunningApi api, string user) => (await api.As(user).Get("/api/notifications/unread")).Ok()["unread"]!.GetValue<int>();
}
