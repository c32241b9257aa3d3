using TaskMatrix.Web.Tests.Hosting;

namespace TaskMatrix.Web.Tests.TaskInstances;

public sealed class BulkTests
{
    [Fact]
    public async Task Does_each_on_its_own_in_order_and_says_why_where_it_could_not()
    {
        var api = await RunningApi.Shared;
        var (first, done, others, last) = (await api.Task(), await api.Task(), await api.Task("justice"), await api.Task());
        await api.As("taiping.education").Do(done, "acknowledge");
        var nobodys = Guid.Empty.ToString();

        var results = (await api.As("taiping.education").Post("/api/tasks/bulk", new { action = "acknowledge", taskIds = new[] { first, done, others, nobodys, last, first } }))
            .Ok()["results"]!.AsArray().Select(result => result!).ToList();

        Assert.Equal([first, done, others, nobodys, last, first], results.Select(result => result.Text("id")));
        Assert.Equal([true, false, false, false, true, false], results.Select(result => result.Flag("ok")));
        Assert.Equal([null, "task.wrong-state", "not-found", "not-found", null, "task.wrong-state"], results.Select(result => result["problem"]?.Text("code")));
        Assert.Equal([null, 409, 404, 404, null, 409], results.Select(result => result["problem"]?.Number("status")));
        Assert.Equal("inProgress", (await api.As("taiping.education").Read(last)).Text("state"));
        Assert.Equal("pendingAck", (await api.As("taiping.office").Read(others)).Text("state"));
    }

    [Fact]
    public async Task Gives_each_the_same_body()
    {
        var api = await RunningApi.Shared;
        var tasks = new[] { await api.Task(), await api.Task() };
        var results = (await api.As("taiping.office").Post("/api/tasks/bulk", new { action = "terminate", taskIds = tasks, body = new { reason = "响应解除", reference = "第9号" } })).Ok()["results"]!.AsArray();
        Assert.All(results, result => Assert.True(result!.Flag("ok")));
        Assert.All(tasks, id => Assert.Equal("响应解除", api.As("taiping.office").Read(id).Result.Text("reason")));
    }

    [Fact]
    public async Task Acknowledges_all_standing_duties_of_a_unit_at_once()
    {
        await using var api = await RunningApi.Start();
        var liaison = api.As("taiping.human-resources");
        var tasks = (await liaison.All("/api/tasks?unit=human-resources&state=pendingAck")).Where(task => task.Text("leadUnit") == "human-resources").Select(task => task.Text("id")).ToList();
        Assert.True(tasks.Count > 5);
        var results = (await liaison.Post("/api/tasks/bulk", new { action = "acknowledge", taskIds = tasks, body = new { } })).Ok()["results"]!.AsArray();
        Assert.All(results, result => Assert.True(result!.Flag("ok")));
        Assert.DoesNotContain(await liaison.All("/api/tasks?state=pendingAck"), task => task.Text("leadUnit") == "human-resources");
    }

    public static TheoryData<string> Refused =>
    [
        "{}", """{"action":"acknowledge"}""", """{"action":"acknowledge","taskIds":[]}""", """{"taskIds":["00000000-0000-0000-0000-000000000000"]}""",
        """{"action":"dance","taskIds":["00000000-0000-0000-0000-000000000000"]}""", """{"action":"Acknowledge","taskIds":["00000000-0000-0000-0000-000000000000"]}""",
        """{"action":"acknowledge","taskIds":[null]}""", """{"action":"acknowledge","taskIds":"x"}""",
        """{"action":"acknowledge","taskIds":["00000000-0000-0000-0000-000000000000"],"extra":1}""",
        $$"""{"action":"acknowledge","taskIds":[{{string.Join(',', Enumerable.Repeat("\"00000000-0000-0000-0000-000000000000\"", 501))}}]}""",
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Refuses_a_call_that_says_nothing_to_do(string body)
    {
        var api = await RunningApi.Shared;
        var answer = await api.As("taiping.office").PostText("/api/tasks/bulk", body);
        Assert.True(answer is { Status: 400, Code: "validation.failed" or "request.malformed" }, answer.Text);
    }

    [Theory]
    [InlineData("""{"reason":""}""", "validation.failed")]
    [InlineData("""{"surprise":1}""", "request.malformed")]
    [InlineData("[]", "request.malformed")]
    public async Task Says_for_each_that_the_body_is_wrong(string body, string code)
    {
        var api = await RunningApi.Shared;
        var id = await api.Task();
        var result = (await api.As("taiping.office").PostText("/api/tasks/bulk", $$"""{"action":"terminate","taskIds":["{{id}}"],"body":{{body}}}""")).Ok()["results"]![0]!;
        Assert.Equal((false, code), (result.Flag("ok"), result["problem"]!.Text("code")));
        Assert.Equal(1, (await api.As("taiping.office").Read(id)).Number("version"));
    }
}
