using System.Text.Json.Nodes;
using TaskMatrix.Web.Tests.Hosting;

namespace TaskMatrix.Web.Tests.TaskInstances;

/// <summary>What happened to a task, and how it stood.</summary>
public sealed class TaskRecordTests
{
    [Fact]
    public async Task The_record_tells_every_step_and_its_hashes_hang_together()
    {
        var api = await RunningApi.Shared;
        var id = await api.Task("commerce");
        await api.As("taiping.commerce").Do(id, "acknowledge");
        await api.As("taiping.commerce").Do(id, "submit", new { text = "已办" });
        await api.As("taiping.office").Do(id, "return", new { reason = "再核" });

        var events = (await api.As("taiping.inspector").Get($"/api/tasks/{id}/events")).Ok().AsArray().Select(one => one!).ToList();
        Assert.Equal(["issue", "acknowledge", "submit", "return"], events.Select(one => one.Text("action")));
        Assert.Equal([1, 2, 3, 4], events.Select(one => one.Number("sequence")));
        Assert.Equal([null, "pendingAck", "inProgress", "pendingReview"], events.Select(one => one.TextOrNull("from")));
        Assert.Equal(["pendingAck", "inProgress", "pendingReview", "inProgress"], events.Select(one => one.TextOrNull("to")));
        Assert.Equal("再核", events[3].Text("reason"));
        Assert.Equal(["inProgress", "pendingReview"], Change(events[2], "state"));
        Assert.Equal(("taiping.commerce", "commerce"), (events[1]["actor"]!.Text("userName"), events[1]["actor"]!.Text("unit")));
        Assert.All(new[] { "displayName", "post", "onBehalfOf" }, member => Assert.True(events[1]["actor"]!.AsObject().ContainsKey(member)));
        Assert.All(events, one =>
        {
            Assert.Equal((RunningApi.Morning, "2020-01-23T09:00:00+08:00"), (one.Moment("at"), one.Text("localAt")));
            Assert.Matches("^[0-9a-f]{64}$", one.Text("hash"));
            Assert.True(one.AsObject().ContainsKey("clause"));
        });

        var chain = (await api.As("taiping.inspector").All("/api/audit?unit=commerce")).ToDictionary(one => one.Number("sequence"));
        Assert.All(events, one => Assert.Equal(one.Text("previousHash"), chain[one.Number("chainSequence") - 1].Text("hash")));
    }

    [Fact]
    public async Task A_task_can_be_seen_as_it_stood()
    {
        await using var api = await RunningApi.Start();
        var id = await api.Task();
        (await api.As("taiping.office").Post("/api/exercise/advance", new { by = "PT1H" })).Ok();
        await api.As("taiping.education").Do(id, "acknowledge");
        async Task<Answer> AsOf(double hours) => await api.As("taiping.office").Get($"/api/tasks/{id}?asOf={Uri.EscapeDataString(RunningApi.Morning.AddHours(hours).ToString("O"))}");

        (await AsOf(-1)).Refused(404, "not-found");
        var before = (await AsOf(0.5)).Ok();
        Assert.Equal(("pendingAck", 1), (before.Text("state"), before.Number("version")));
        Assert.Empty(before["allowedActions"]!.AsArray());
        Assert.Equal("inProgress", (await AsOf(1)).Ok().Text("state"));
        (await api.As("taiping.office").Get($"/api/tasks/{id}?asOf=then")).Refused(400, "request.malformed");
    }

    private static List<string> Change(JsonNode happened, string field) => [.. happened["changes"]![field]!.AsArray().Select(value => value!.GetValue<string>())];
}
