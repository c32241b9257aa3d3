using TaskMatrix.Web.Tests.Hosting;

namespace TaskMatrix.Web.Tests.TaskInstances;

public sealed class CreateTaskTests
{
    /// <summary>Other programs read these names.</summary>
    private static readonly string[] Promised =
    [
        "id", "number", "jurisdiction", "plan", "duty", "workflow", "workflowVersion", "occurrence", "title", "description", "source", "leadUnit",
        "coUnits", "accountablePost", "assignee", "state", "light", "missedAt", "issuedAt", "ackBy", "dueAt", "acknowledgedAt", "submittedAt",
        "closedAt", "ackBreachedAt", "overdueSince", "onTime", "escalationLevel", "returnRounds", "extensions", "percent", "outcome", "exercise",
        "version", "allowedActions",
    ];

    [Fact]
    public async Task Gives_a_task_with_every_default_and_says_where_it_stands()
    {
        var api = await RunningApi.Shared;
        var answer = await api.As("taiping.office").Post("/api/tasks", new { jurisdiction = "taiping", title = "核对", leadUnit = "education", dueIn = "P3D" });
        var task = answer.Ok(201);

        Assert.Equal($"/api/tasks/{task.Text("id")}", answer.Location);
        Assert.Empty(Promised.Except(task.AsObject().Select(member => member.Key)));
        Assert.Matches("^太平-2020-[0-9]{6}$", task.Text("number"));
        Assert.Equal(("taiping", "核对", "", "education"), (task.Text("jurisdiction"), task.Text("title"), task.Text("description"), task.Text("leadUnit")));
        Assert.Equal(("pendingAck", "green", "natural"), (task.Text("state"), task.Text("light"), task.Text("calendar")));
        Assert.Equal((RunningApi.Morning, RunningApi.Morning.AddDays(1), RunningApi.Morning.AddDays(3)), (task.Moment("issuedAt"), task.Moment("ackBy"), task.Moment("dueAt")));
        Assert.Equal((true, false, false, true), (task.Flag("reviewRequired"), task.Flag("signOffRequired"), task.Flag("evidenceRequired"), task.Flag("exercise")));
        Assert.Equal("manual", task["source"]!.Text("kind"));
        Assert.Equal((0, 0, 0, 0, 1), (task.Number("escalationLevel"), task.Number("returnRounds"), task.Number("extensions"), task.Number("percent"), task.Number("version")));
        Assert.Empty(task["coUnits"]!.AsArray());
        Assert.Equal("区教育局局长", task.Text("accountablePost"));
        foreach (var empty in new[] { "plan", "duty", "workflow", "occurrence", "assignee", "acknowledgedAt", "submittedAt", "closedAt", "ackBreachedAt", "overdueSince", "missedAt", "onTime", "outcome" })
        {
            Assert.Null(task[empty]);
        }
    }

    [Fact]
    public async Task Takes_the_callers_jurisdiction_when_none_is_named_and_knows_no_other()
    {
        var api = await RunningApi.Shared;
        var task = (await api.As("lanxi.office").Post("/api/tasks", new { title = "核对", leadUnit = "finance", dueIn = "P1D" })).Ok(201);
        Assert.Equal("lanxi", task.Text("jurisdiction"));
        Assert.StartsWith("兰溪-2020-", task.Text("number"), StringComparison.Ordinal);
        (await api.As("lanxi.office").Post("/api/tasks", new { jurisdiction = "taiping", title = "核对", leadUnit = "finance", dueIn = "P1D" })).Refused(404, "not-found");
    }

    [Fact]
    public async Task Names_the_sentence_it_rests_on_and_belongs_to_no_plan_for_that()
    {
        var api = await RunningApi.Shared;
        var office = api.As("taiping.office");
        var clause = "taiping-2020-3#" + (await office.Get("/api/plans/taiping-2020-3/clauses")).Ok().AsArray()[10]!.Text("id");
        var task = (await office.Post("/api/tasks", new { title = "核对", leadUnit = "education", dueIn = "P1D", clause })).Ok(201);
        Assert.Equal((clause, true), (task.Text("clause"), task["plan"] is null));
        (await office.Post("/api/tasks", new { title = "核对", leadUnit = "education", dueIn = "P1D", clause = "taiping-2020-3#c999" })).Invalid("clause");
        (await api.As("lanxi.office").Post("/api/tasks", new { title = "核对", leadUnit = "finance", dueIn = "P1D", clause })).Invalid("clause");
    }

    [Theory]
    [InlineData("PT4H", "natural", "2020-01-23T13:00:00+08:00")]
    [InlineData("17:00", "natural", "2020-01-23T17:00:00+08:00")]
    [InlineData("2020-01-25", "natural", "2020-01-26T00:00:00+08:00")]
    [InlineData("2020-01-23", "working", "2020-01-23T17:00:00+08:00")]
    [InlineData("PT4H", "working", "2020-01-23T15:00:00+08:00")]
    public async Task Reckons_the_due_time_in_the_zone_of_the_jurisdiction(string dueIn, string calendar, string dueAt)
    {
        var api = await RunningApi.Shared;
        var task = (await api.As("taiping.office").Post("/api/tasks", new { title = "核对", leadUnit = "justice", dueIn, calendar, ackWithin = "PT30M" })).Ok(201);
        Assert.Equal(DateTimeOffset.Parse(dueAt, null), task.Moment("dueAt"));
    }

    [Fact]
    public async Task Never_asks_for_acknowledgement_after_the_work_is_due()
    {
        var api = await RunningApi.Shared;
        var task = (await api.As("taiping.office").Post("/api/tasks", new { title = "核对", leadUnit = "justice", dueIn = "PT4H" })).Ok(201);
        Assert.Equal(RunningApi.Morning.AddHours(4), task.Moment("ackBy"));
    }

    [Fact]
    public async Task Takes_everything_that_can_be_said()
    {
        var api = await RunningApi.Shared;
        var task = (await api.As("taiping.office").Post("/api/tasks", new
        {
            jurisdiction = "taiping", title = "核对", description = "逐点核对", leadUnit = "区教育局", coUnits = new[] { "区卫健局", "health", "education" },
            ackBy = RunningApi.Morning.AddHours(1), dueAt = RunningApi.Morning.AddHours(8), reviewRequired = false, signOffRequired = true,
            evidenceRequired = true, calendar = "natural", source = new { kind = "meeting", reference = "1月23日协调会" },
        })).Ok(201);

        Assert.Equal(("education", "逐点核对"), (task.Text("leadUnit"), task.Text("description")));
        Assert.Equal(["health"], task.Texts("coUnits"));
        Assert.Equal((RunningApi.Morning.AddHours(1), RunningApi.Morning.AddHours(8)), (task.Moment("ackBy"), task.Moment("dueAt")));
        Assert.Equal((false, true, true), (task.Flag("reviewRequired"), task.Flag("signOffRequired"), task.Flag("evidenceRequired")));
        Assert.Equal(("meeting", "1月23日协调会"), (task["source"]!.Text("kind"), task["source"]!.Text("reference")));
    }

    [Fact]
    public async Task Keeps_a_draft_until_it_is_issued_and_reckons_its_deadlines_then()
    {
        await using var api = await RunningApi.Start();
        var office = api.As("taiping.office");
        var draft = (await office.Post("/api/tasks", new { title = "核对", leadUnit = "education", dueIn = "PT6H", draft = true })).Ok(201);
        Assert.Equal(("draft", "grey"), (draft.Text("state"), draft.Text("light")));
        Assert.Null(draft["issuedAt"]);
        (await api.As("taiping.education").Act(draft.Text("id"), "acknowledge")).Refused(409, "task.wrong-state");

        (await office.Post("/api/exercise/advance", new { by = "PT1H" })).Ok();
        var issued = await office.Do(draft.Text("id"), "issue");
        Assert.Equal(("pendingAck", RunningApi.Morning.AddHours(7)), (issued.Text("state"), issued.Moment("dueAt")));
        (await office.Act(draft.Text("id"), "issue")).Refused(409, "task.wrong-state");
    }

    [Fact]
    public async Task Lets_a_leader_give_an_instruction_and_nothing_else()
    {
        var api = await RunningApi.Shared;
        var leader = api.As("taiping.leader");
        var task = (await leader.Post("/api/tasks", new { title = "立即核对", leadUnit = "education", dueIn = "P1D", source = new { kind = "instruction", reference = "批示第3号" } })).Ok(201);
        Assert.Equal("instruction", task["source"]!.Text("kind"));
        (await leader.Post("/api/tasks", new { title = "立即核对", leadUnit = "education", dueIn = "P1D" })).Refused(403, "task.not-allowed");
    }

    [Fact]
    public async Task Numbers_tasks_without_a_gap()
    {
        await using var api = await RunningApi.Start();
        var numbers = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            (await api.As("taiping.office").Post("/api/tasks", new { title = "", leadUnit = "education", dueIn = "P1D" })).Invalid("title");
            (await api.As("taiping.office").Post("/api/tasks", new { title = "a", leadUnit = "education", dueAt = "2019-01-01T00:00:00Z" })).Refused(400, "task.due-in-past");
            numbers.Add(int.Parse((await api.As("taiping.office").Read(await api.Task())).Text("number")[^6..], null));
        }

        Assert.Equal(Enumerable.Range(numbers[0], 5), numbers);
    }
}
