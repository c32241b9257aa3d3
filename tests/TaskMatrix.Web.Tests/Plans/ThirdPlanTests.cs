using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Plans;

/// <summary>A plan that came with nothing but its text, from the first call to its end.</summary>
public sealed class ThirdPlanTests
{
    private const string Text = "关于做好春季复学准备工作的通知\n区教育局制定复学方案。区教育局每日检查教室通风。区卫健局指导学校消毒。发现疑似病例时，区卫健局立即派员处置。\n";

    private static string Duties(string plan) => $$"""
        plan: {{plan}}
        duties:
          - id: taiping.spring.school-plan
            title: 制定复学方案
            english: Draw up the plan for reopening schools
            units: { ids: [education] }
            clause: { section: 关于做好春季复学准备工作的通知, quote: 区教育局制定复学方案 }
            kind: oneOff
            process: single-task
          - id: taiping.spring.ventilation
            title: 每日检查教室通风
            english: Check the ventilation of classrooms daily
            units: { ids: [education] }
            clause: { section: 关于做好春季复学准备工作的通知, quote: 区教育局每日检查教室通风 }
            kind: recurring
            process: daily-checklist
            with: { items: [通风] }
            schedule: { cron: "0 8 * * *", due: "17:00", basis: text }
          - id: taiping.spring.disinfection
            title: 指导学校消毒
            english: Guide the disinfection of schools
            units: { ids: [health] }
            clause: { section: 关于做好春季复学准备工作的通知, quote: 区卫健局指导学校消毒 }
            kind: standing
            process: standing-duty
          - id: taiping.spring.suspected-case
            title: 立即派员处置
            english: Send staff at once
            units: { ids: [health] }
            clause: { section: 关于做好春季复学准备工作的通知, quote: 发现疑似病例时，区卫健局立即派员处置 }
            kind: event
            event: suspected-case
            process: event-response
        """;

    [Fact]
    public async Task Is_made_covered_activated_worked_on_and_ended()
    {
        await using var api = await RunningApi.Start();
        var office = api.As("taiping.office");

        var made = await office.Post("/api/plans", new { jurisdiction = "taiping", title = "春季复学工作通知", number = "太政办〔2020〕9号", issuedOn = "2020-01-22", text = Text });
        var plan = made.Ok(201);
        var id = plan.Text("id");
        Assert.Equal(($"/api/plans/{id}", "draft", "2020-01-22"), (made.Location, plan.Text("status"), plan.Text("issuedOn")));
        Assert.Equal(Text, (await office.Get($"/api/plans/{id}/document")).Text);

        var coverage = (await office.Get($"/api/plans/{id}/coverage")).Ok();
        Assert.True(coverage.Number("clauses") >= 4);
        Assert.Equal(0, coverage.Number("covered"));
        Assert.NotEmpty(coverage["uncovered"]!.AsArray());

        var published = await office.Post("/api/workflows/taiping.spring/versions", new { yaml = Duties(id) });
        Assert.Equal(("taiping.spring", "duties", 1), (published.Ok(201).Text("id"), published.Json.Text("kind"), published.Json.Number("version")));
        Assert.Equal(4, (await office.All($"/api/duties?plan={id}")).Count);
        Assert.Empty(await office.All($"/api/tasks?plan={id}"));
        Assert.DoesNotContain((await office.Get($"/api/plans/{id}/coverage")).Ok()["uncovered"]!.AsArray(), gap => gap!.ToJsonString().Contains("局", StringComparison.Ordinal));

        (await api.As("taiping.education").Post($"/api/plans/{id}/activate")).Refused(403, "plan.not-allowed");
        var active = (await office.Post($"/api/plans/{id}/activate", new { from = "2020-01-23" })).Ok();
        Assert.Equal(("active", "2020-01-23"), (active.Text("status"), active.Text("activeFrom")));

        var tasks = await office.All($"/api/tasks?plan={id}");
        Assert.Equal(
            ["taiping.spring.disinfection health", "taiping.spring.school-plan education", "taiping.spring.ventilation education"],
            tasks.Select(task => $"{task.Text("duty")} {task.Text("leadUnit")}").Order());
        Assert.Equal(4, (await office.Get($"/api/matrix?plan={id}")).Ok()["rows"]!.AsArray().Count);

        (await office.Post("/api/exercise/advance", new { by = "PT24H" })).Ok();
        Assert.Single(await office.All($"/api/tasks?plan={id}&occurrence=2020-01-24"));
        var raised = (await api.As("taiping.education").Post("/api/events", new { kind = "suspected-case", summary = "一例" })).Ok(201).Texts("taskIds");
        Assert.Contains(await office.All($"/api/tasks?plan={id}&unit=health"), task => raised.Contains(task.Text("id")));

        var signing = tasks.Single(task => task.Text("duty") == "taiping.spring.school-plan").Text("id");
        await api.As("taiping.education").Do(signing, "acknowledge");
        await api.As("taiping.education").Do(signing, "submit", new { text = "方案已定" });
        Assert.Equal("ended", (await api.As("taiping.leader").Post($"/api/plans/{id}/end", new { reason = "已全面复学" })).Ok().Text("status"));

        var after = (await office.All($"/api/tasks?plan={id}")).GroupBy(task => task.Text("state")).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(1, after["pendingSignOff"]);
        Assert.Equal(["missed", "pendingSignOff", "terminated"], after.Keys.Order());
        (await office.Post("/api/exercise/advance", new { by = "PT24H" })).Ok();
        Assert.Empty(await office.All($"/api/tasks?plan={id}&occurrence=2020-01-25"));
        (await office.Post($"/api/plans/{id}/activate")).Refused(409, "plan.wrong-status");
        (await office.Post($"/api/plans/{id}/end", new { reason = "再次" })).Refused(409, "plan.wrong-status");
        await api.As("taiping.education.head").Do(signing, "sign");
        Assert.Equal("closed", (await office.Do(signing, "approve")).Text("state"));
    }

    [Fact]
    public async Task Waits_for_the_day_it_is_to_come_into_force()
    {
        await using var api = await RunningApi.Start();
        var office = api.As("taiping.office");
        var id = (await office.Post("/api/plans", new { title = "通知", issuedOn = "2020-01-22", text = Text })).Ok(201).Text("id");
        (await office.Post("/api/workflows/taiping.spring/versions", new { yaml = Duties(id) })).Ok(201);
        (await office.Post($"/api/plans/{id}/activate", new { from = "2020-01-24" })).Ok();
        Assert.Empty(await office.All($"/api/tasks?plan={id}"));
        (await office.Post("/api/exercise/advance", new { to = "2020-01-24T00:00:00+08:00" })).Ok();
        Assert.Equal(2, (await office.All($"/api/tasks?plan={id}")).Count);
    }

    [Fact]
    public async Task Its_duties_are_held_against_its_text()
    {
        await using var api = await RunningApi.Start();
        var office = api.As("taiping.office");
        var id = (await office.Post("/api/plans", new { title = "通知", issuedOn = "2020-01-22", text = Text })).Ok(201).Text("id");
        var heads = await api.Heads();
        foreach (var (right, wrong) in new[] { ("区教育局制定复学方案 }", "区教育局制定停课方案 }"), ("[health]", "[atlantis]"), ("single-task", "no-such-process"), ("suspected-case\n", "earthquake\n"), ("\"0 8 * * *\"", "often") })
        {
            var problem = (await office.Post("/api/workflows/taiping.spring/versions", new { yaml = Duties(id).ReplaceLineEndings("\n").Replace(right, wrong, StringComparison.Ordinal) })).Refused(400, "definition.invalid");
            Assert.NotEmpty(problem["problems"]!.AsArray());
        }

        (await office.Post("/api/workflows/taiping.spring/versions", new { yaml = Duties("lanxi-2020") })).Refused(400, "definition.invalid");
        Assert.Equal(heads, await api.Heads());
        Assert.Empty(await office.All($"/api/duties?plan={id}"));
    }

    [Theory]
    [InlineData("title", """{"issuedOn":"2020-01-22","text":"t"}""")]
    [InlineData("text", """{"issuedOn":"2020-01-22","title":"t"}""")]
    [InlineData("issuedOn", """{"title":"t","text":"t"}""")]
    public async Task Needs_a_title_a_text_and_a_day(string field, string body)
    {
        var api = await RunningApi.Shared;
        (await api.As("taiping.office").PostText("/api/plans", body)).Invalid(field);
        (await api.As("taiping.office").PostText("/api/plans", body.Replace("2020-01-22", "22 January", StringComparison.Ordinal))).Refused(400, body.Contains("22", StringComparison.Ordinal) ? "request.malformed" : "validation.failed");
    }
}
