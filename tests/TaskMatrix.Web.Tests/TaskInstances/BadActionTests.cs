using TaskMatrix.Web.Tests.Hosting;

namespace TaskMatrix.Web.Tests.TaskInstances;

/// <summary>Actions with a body they do not take: refused before rights or state are looked at, and nothing has changed.</summary>
[Collection(Unchanged.Collection)]
public sealed class BadActionTests
{
    public static TheoryData<string, string> BadActionBodies => new()
    {
        { "decline", "{}" }, { "decline", """{"reason":" "}""" }, { "decline", $$"""{"reason":"{{new string('长', 5001)}}"}""" },
        { "decline", """{"reason":"r","proposedUnit":"atlantis"}""" }, { "reassign", """{"reason":"r"}""" }, { "reassign", """{"leadUnit":"atlantis","reason":"r"}""" },
        { "reassign", """{"leadUnit":"health","coUnits":[null],"reason":"r"}""" }, { "reassign", """{"leadUnit":"health","reason":"r","dueAt":"9999-12-31T00:00:00Z"}""" },
        { "refuse-return", "{}" }, { "progress", """{"text":"t"}""" },
        { "progress", """{"percent":101,"text":"t"}""" }, { "progress", """{"percent":-1,"text":"t"}""" }, { "progress", """{"percent":1e309,"text":"t"}""" },
        { "progress", """{"percent":50.5,"text":"t"}""" }, { "progress", """{"percent":"50","text":"t"}""" }, { "progress", """{"percent":50}""" },
        { "progress", """{"percent":50,"text":"t","attachmentIds":["x"]}""" }, { "progress", """{"percent":50,"text":"t","attachmentIds":["00000000-0000-0000-0000-000000000001"]}""" },
        { "hand-over", """{"reason":"r"}""" }, { "submit", "{}" }, { "submit", """{"text":"t","outcome":"perfect"}""" }, { "submit", """{"text":"t","outcome":0}""" },
        { "submit", """{"text":"t","form":{}}""" }, { "submit", """{"text":"t","form":5}""" }, { "submit", """{"text":"t","form":{"a":1e309}}""" },
        { "submit", """{"text":"a\u0000b"}""" }, { "submit", """{"text":"t","closedAt":"2020-01-01T00:00:00Z"}""" },
        { "refuse-signature", "{}" }, { "return", "{}" }, { "suspend", "{}" }, { "suspend", """{"reason":"r","expectedResume":"soon"}""" },
        { "request-extension", """{"reason":"r","progress":"p"}""" }, { "request-extension", """{"reason":"r","dueAt":"2020-02-01T00:00:00Z"}""" },
        { "decide-extension", """{"opinion":"o"}""" }, { "decide-extension", """{"granted":"yes","opinion":"o"}""" },
        { "mark-not-applicable", "{}" }, { "terminate", "{}" }, { "reopen", """{"reason":"r"}""" }, { "acknowledge", """{"expectedVersion":"1"}""" },
        { "acknowledge", """{"reason":"not taken here"}""" }, { "acknowledge", "[]" }, { "acknowledge", "{" }, { "acknowledge", """{"expectedVersion":1,"expectedVersion":1}""" },
        { "urge", $$"""{"text":"{{new string('长', 5001)}}"}""" }, { "sign", """{"opinion":5}""" }, { "approve", """{"opinion":{}}""" },
    };

    [Theory]
    [MemberData(nameof(BadActionBodies))]
    public async Task Refuses_a_body_the_action_does_not_take_before_it_looks_at_rights_or_state(string action, string body)
    {
        var id = await (await Unchanged.Server).Task("emergency");
        await using var unchanged = await Unchanged.Here();
        foreach (var user in new[] { "taiping.emergency", "taiping.office" })
        {
            var answer = await unchanged.Api.As(user).PostText($"/api/tasks/{id}/{action}", body);
            Assert.True(answer is { Status: 400, Code: not null }, $"{user}: {answer.Status} {answer.Text}");
        }
    }

    [Fact]
    public async Task Takes_actions_without_a_body()
    {
        var api = await Unchanged.Server;
        var id = await api.Task();
        var answer = await api.As("taiping.education").Send(HttpMethod.Post, $"/api/tasks/{id}/acknowledge", null);
        Assert.Equal("inProgress", answer.Ok().Text("state"));
        (await api.As("taiping.education").PostText($"/api/tasks/{id}/progress", "percent=50", "text/plain")).Refused(415, "request.wrong-media-type");
    }

    [Fact]
    public async Task A_form_is_checked_against_its_schema()
    {
        await using var unchanged = await Unchanged.Here();
        var liaison = unchanged.Api.As("taiping.shuiquan-town");
        var task = (await liaison.All("/api/tasks?state=inProgress")).First(task => task.TextOrNull("form") == "checklist");
        (await liaison.Act(task.Text("id"), "submit", new { text = "已查", form = new { surprise = 1 } })).Refused(400, "validation.failed");
        (await liaison.Act(task.Text("id"), "submit", new { text = "已查", form = new[] { 1 } })).Refused(400, "validation.failed");
        (await liaison.PostText($"/api/tasks/{task.Text("id")}/submit", """{"text":"已查","form":{"\ud800":1e309}}""")).Refused(400, "request.malformed");
        (await liaison.PostText($"/api/tasks/{task.Text("id")}/submit", """{"text":"已查","form":{"items":1e309}}""")).Refused(400, "validation.failed");
    }
}
