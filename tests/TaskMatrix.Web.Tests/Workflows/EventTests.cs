using System.Text.Json.Nodes;
using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Workflows;

public sealed class EventTests
{
    [Fact]
    public async Task Shows_the_catalogue_and_who_may_raise_what()
    {
        var api = await RunningApi.Shared;
        var kinds = (await api.As("taiping.education").Get("/api/events/kinds")).Ok().AsArray();
        var suspected = kinds.Single(kind => kind!.Text("id") == "suspected-case")!;
        Assert.Equal(("疑似病例", "event-case"), (suspected.Text("title"), suspected.Text("form")));
        Assert.Contains("any-unit", suspected.Texts("raisedBy"));
    }

    [Theory]
    [InlineData("taiping", "education", "health public-security gov-office")]
    [InlineData("lanxi", "finance", "health-center police-station leading-group-office")]
    public async Task A_suspected_case_starts_tasks_at_the_units_that_must_act(string jurisdiction, string unit, string units)
    {
        await using var api = await RunningApi.Start();
        var answer = (await api.As($"{jurisdiction}.{unit}").Post("/api/events", new { jurisdiction, kind = "suspected-case", occurredAt = RunningApi.Morning.AddHours(-1), summary = "发热、咳嗽一例", data = new { } })).Ok(201);
        Assert.True(Guid.TryParse(answer.Text("id"), out _));

        var tasks = new List<JsonNode>();
        foreach (var id in answer.Texts("taskIds"))
        {
            tasks.Add(await api.As($"{jurisdiction}.office").Read(id));
        }

        Assert.Empty(units.Split(' ').Except(tasks.Select(task => task.Text("leadUnit"))));
        Assert.All(tasks, task =>
        {
            Assert.Equal(("pendingAck", "event", answer.Text("id")), (task.Text("state"), task["source"]!.Text("kind"), task["source"]!.Text("reference")));
            Assert.Equal(RunningApi.Morning.AddHours(2), task.Moment("ackBy"));
        });
    }

    [Fact]
    public async Task Two_events_of_a_kind_start_tasks_twice()
    {
        await using var api = await RunningApi.Start();
        async Task<List<string>> Raise() => (await api.As("taiping.health").Post("/api/events", new { kind = "suspected-case", summary = "一例" })).Ok(201).Texts("taskIds");
        var (first, second) = (await Raise(), await Raise());
        Assert.NotEmpty(first);
        Assert.Equal(first.Count, second.Count);
        Assert.Empty(first.Intersect(second));
    }

    [Theory]
    [InlineData("""{"summary":"s"}""", "kind")]
    [InlineData("""{"kind":"earthquake","summary":"s"}""", "kind")]
    [InlineData("""{"kind":"suspected-case"}""", "summary")]
    [InlineData("""{"kind":"suspected-case","summary":"s","data":[1]}""", "data")]
    [InlineData("""{"kind":"suspected-case","summary":"s","data":"x"}""", "data")]
    public async Task Refuses_an_event_that_says_too_little(string body, string field)
    {
        var api = await RunningApi.Shared;
        (await api.As("taiping.office").PostText("/api/events", body)).Invalid(field);
    }

    [Theory]
    [InlineData("taiping.inspector", "suspected-case")]
    [InlineData("taiping.leader", "suspected-case")]
    [InlineData("taiping.education", "isolation-ordered")]
    [InlineData("taiping.education", "confirmed-case")]
    [InlineData("taiping.education", "meeting-called")]
    [InlineData("lanxi.finance.head", "meeting-called")]
    [InlineData("taiping.sysadmin", "suspected-case")]
    public async Task Is_raised_by_those_of_the_catalogue_alone(string user, string kind)
    {
        var api = await RunningApi.Shared;
        (await api.As(user).Post("/api/events", new { kind, summary = "s" })).Refused(403, "event.not-allowed");
    }
}
