using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Duties;

public sealed class DutyTests
{
    [Fact]
    public async Task A_duty_says_where_it_stands_whose_it_is_and_what_is_assumed()
    {
        var api = await RunningApi.Shared;
        var duty = (await api.As("taiping.education").Get("/api/duties/taiping.education.absence-checks")).Ok();

        Assert.Equal(("taiping.education.absence-checks", "taiping-2020-3", "recurring"), (duty.Text("id"), duty.Text("plan"), duty.Text("kind")));
        Assert.Equal(("四、职责分工", "做好学生晨午检、因病缺勤病因追查预登记工作"), (duty["clause"]!.Text("section"), duty["clause"]!.Text("quote")));
        Assert.NotEmpty(duty["clause"]!.Text("id"));
        Assert.Equal(["education"], duty.Texts("leadUnits"));
        var partner = Assert.Single(duty["coOwners"]!.AsArray())!;
        Assert.Equal(("health", "assist", "与卫生健康部门密切配合"), (partner.Text("unit"), partner.Text("role"), partner.Text("wording")));
        Assert.Equal(("education", "education", "health", "leading-group-office"), (
            Assert.Single(duty["raci"]!.Texts("responsible")), Assert.Single(duty["raci"]!.Texts("accountable")),
            Assert.Single(duty["raci"]!.Texts("consulted")), Assert.Single(duty["raci"]!.Texts("informed"))));
        Assert.Equal(("daily-checklist", 1), (duty.Text("workflow"), duty.Number("workflowVersion")));
        Assert.Equal(("0 8 * * *", "15:00"), (duty["schedule"]!.Text("cron"), duty["schedule"]!.Text("due")));
        Assert.Contains(duty["assumptions"]!.AsArray(), assumption => assumption!.Text("field") == "schedule.due" && assumption!.Text("value") == "15:00" && assumption!.Text("why") != "");
        Assert.True(duty.AsObject().ContainsKey("event"));
    }

    [Theory]
    [InlineData("taiping")]
    [InlineData("lanxi")]
    public async Task Pages_over_every_duty_exactly_once(string jurisdiction)
    {
        var api = await RunningApi.Shared;
        var office = api.As($"{jurisdiction}.office");
        var whole = (await office.All("/api/duties")).Select(duty => duty.Text("id")).ToList();
        Assert.Equal(whole, (await office.All("/api/duties", 7)).Select(duty => duty.Text("id")));
        Assert.Equal(whole.Count, whole.Distinct().Count());
        Assert.All(whole, id => Assert.StartsWith(jurisdiction + ".", id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Both_plans_together_hold_between_113_and_240_duties()
    {
        var api = await RunningApi.Shared;
        var count = (await api.As("taiping.office").All("/api/duties")).Count + (await api.As("lanxi.office").All("/api/duties")).Count;
        Assert.InRange(count, 113, 240);
    }

    [Theory]
    [InlineData("unit=education")]
    [InlineData("kind=recurring")]
    [InlineData("kind=oneOff")]
    [InlineData("kind=event&unit=health")]
    [InlineData("plan=taiping-2020-3")]
    [InlineData("jurisdiction=taiping&kind=standing")]
    public async Task Lists_exactly_the_duties_a_filter_means(string query)
    {
        var api = await RunningApi.Shared;
        var filters = query.Split('&').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);
        var office = api.As("taiping.office");
        var expected = (await office.All("/api/duties")).Where(duty => filters.All(filter => filter.Key switch
        {
            "unit" => duty.Texts("leadUnits").Contains(filter.Value) || duty["coOwners"]!.AsArray().Any(co => co!.Text("unit") == filter.Value),
            _ => duty.Text(filter.Key) == filter.Value,
        })).Select(duty => duty.Text("id")).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, (await office.All("/api/duties?" + query)).Select(duty => duty.Text("id")));
    }

    [Fact]
    public async Task Shows_nothing_of_another_jurisdiction()
    {
        var api = await RunningApi.Shared;
        Assert.Empty(await api.As("taiping.office").All("/api/duties?jurisdiction=lanxi"));
        Assert.Empty(await api.As("taiping.office").All("/api/duties?plan=lanxi-2020"));
        (await api.As("lanxi.office").Get("/api/duties/taiping.education.absence-checks")).Refused(404, "not-found");
    }

    [Fact]
    public async Task A_new_value_for_an_assumption_is_a_new_version_and_touches_only_tasks_issued_later()
    {
        await using var api = await RunningApi.Start();
        var office = api.As("taiping.office");
        const string Duty = "taiping.education.absence-checks";
        var running = (await office.All($"/api/tasks?duty={Duty}")).Single();
        Assert.Equal(RunningApi.Morning.AddHours(6), running.Moment("dueAt"));

        var duty = (await office.Put($"/api/duties/{Duty}/assumptions", new { assumptions = new[] { new { field = "schedule.due", value = "11:30" } } })).Ok();
        Assert.Equal((2, "11:30"), (duty.Number("version"), duty["schedule"]!.Text("due")));
        Assert.Contains(duty["assumptions"]!.AsArray(), one => one!.Text("field") == "schedule.due" && one!.Text("value") == "11:30");
        Assert.Equal(running.ToJsonString(), (await office.Read(running.Text("id"))).ToJsonString());

        (await office.Post("/api/exercise/advance", new { by = "PT24H" })).Ok();
        var next = (await office.All($"/api/tasks?duty={Duty}&occurrence=2020-01-24")).Single();
        Assert.Equal(RunningApi.Morning.AddHours(26.5), next.Moment("dueAt"));
        Assert.Equal(2, next.Number("dutyVersion"));
    }

    [Theory]
    [InlineData("title", "x", "duty.not-an-assumption")]
    [InlineData("clause", "x", "duty.not-an-assumption")]
    [InlineData("schedule.due", "later", "deadline.unreadable")]
    [InlineData("schedule.cron", "0 99 * * *", "definition.bad-cron")]
    [InlineData("schedule.cron", "often", "definition.bad-cron")]
    [InlineData("ladder", "to-the-sky", "definition.unknown-ladder")]
    [InlineData("enabled", "maybe", "duty.bad-value")]
    public async Task Refuses_what_is_the_documents_own_or_cannot_be(string field, string value, string code)
    {
        var api = await RunningApi.Shared;
        var office = api.As("taiping.office");
        (await office.Put("/api/duties/taiping.education.absence-checks/assumptions", new { assumptions = new[] { new { field, value } } })).Refused(400, code);
        Assert.Equal(1, (await office.Get("/api/duties/taiping.education.absence-checks")).Ok().Number("version"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"assumptions":[]}""")]
    [InlineData("""{"assumptions":[null]}""")]
    [InlineData("""{"assumptions":[{}]}""")]
    [InlineData("""{"assumptions":[{"field":"schedule.due"}]}""")]
    [InlineData("""{"assumptions":[{"field":null,"value":null}]}""")]
    [InlineData("""{"assumptions":[{"field":"schedule.due","value":15}]}""")]
    [InlineData("""{"assumptions":[{"field":"schedule.due","value":"15:00","because":"so"}]}""")]
    public async Task Refuses_a_body_that_sets_nothing(string body)
    {
        var api = await RunningApi.Shared;
        var answer = await api.As("taiping.office").Send(
            HttpMethod.Put, "/api/duties/taiping.education.absence-checks/assumptions", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.True(answer is { Status: 400, Code: "validation.failed" or "request.malformed" }, answer.Text);
    }

    [Fact]
    public async Task Is_the_offices_alone()
    {
        var api = await RunningApi.Shared;
        var body = new { assumptions = new[] { new { field = "schedule.due", value = "11:30" } } };
        foreach (var user in new[] { "taiping.leader", "taiping.inspector", "taiping.education", "taiping.education.head" })
        {
            (await api.As(user).Put("/api/duties/taiping.education.absence-checks/assumptions", body)).Refused(403, "plan.not-allowed");
        }

        (await api.As("lanxi.office").Put("/api/duties/taiping.education.absence-checks/assumptions", body)).Refused(404, "not-found");
    }

    [Fact]
    public async Task The_daily_summary_of_the_district_office_is_off_until_its_office_turns_it_on()
    {
        await using var api = await RunningApi.Start();
        var office = api.As("taiping.office");
        const string Duty = "taiping.gov-office.daily-summary";
        Assert.False((await office.Get($"/api/duties/{Duty}")).Ok().Flag("enabled"));
        Assert.DoesNotContain((await office.Get("/api/schedules")).Ok().AsArray(), row => row!.Text("dutyId") == Duty);

        (await office.Put($"/api/duties/{Duty}/assumptions", new { assumptions = new[] { new { field = "enabled", value = "true" } } })).Ok();
        (await office.Post("/api/exercise/advance", new { by = "PT24H" })).Ok();

        var returns = await office.All($"/api/tasks?duty={Duty}");
        Assert.All(returns, task => Assert.Equal(("2020-01-24", "return"), (task.Text("occurrence").Split('/')[0], task.Text("step"))));
        var members = (await office.Get("/api/jurisdictions/taiping/units")).Ok().AsArray().Where(unit => unit!.Texts("classes").Contains("member-units")).Select(unit => unit!.Text("id"));
        Assert.Equal(members.Order(), returns.Select(task => task.Text("leadUnit")).Order());

        (await office.Put($"/api/duties/{Duty}/assumptions", new { assumptions = new[] { new { field = "enabled", value = "false" } } })).Ok();
        (await office.Post("/api/exercise/advance", new { by = "PT24H" })).Ok();
        Assert.Empty(await office.All($"/api/tasks?duty={Duty}&occurrence=2020-01-25"));
    }
}
