using TaskMatrix.Web.Tests.Hosting;

namespace TaskMatrix.Web.Tests.Plans;

/// <summary>The response of the district, through the API.</summary>
public sealed class ResponseTests
{
    private const string Plan = "/api/plans/taiping-2020-3", Daily = "taiping.all-units.student-phone-calls";

    [Fact]
    public async Task A_level_is_declared_changed_and_ended_and_the_report_lists_what_was_terminated()
    {
        await using var api = await RunningApi.Start();
        var (office, leader) = (api.As("taiping.office"), api.As("taiping.leader"));
        (await office.Put($"/api/duties/{Daily}/assumptions", new { assumptions = new[] { new { field = "levels", value = "1,2" } } })).Ok();
        Assert.Equal([1, 2], (await office.Get($"/api/duties/{Daily}")).Ok()["levels"]!.AsArray().Select(level => level!.GetValue<int>()));

        foreach (var reader in new[] { "taiping.inspector", "taiping.education", "taiping.education.head" })
        {
            (await api.As(reader).Post($"{Plan}/adjust", new { level = 3, reason = "形势缓和" })).Refused(403, "plan.not-allowed");
        }

        (await api.As("lanxi.office").Post($"{Plan}/adjust", new { level = 3, reason = "r" })).Refused(404, "not-found");
        (await leader.Post($"{Plan}/adjust", new { level = 9, reason = "r" })).Invalid("level");
        var adjusted = (await leader.Post($"{Plan}/adjust", new { level = 3, reason = "形势缓和", reference = "第1号令" }, key: "adjust-1")).Ok();
        Assert.Equal(3, adjusted.Number("level"));
        Assert.Equal(3, (await leader.Post($"{Plan}/adjust", new { level = 3, reason = "形势缓和", reference = "第1号令" }, key: "adjust-1")).Ok().Number("level"));
        (await leader.Post($"{Plan}/adjust", new { level = 3, reason = "再次" })).Refused(409, "plan.same-level");
        (await office.Post($"/api/schedules/{Daily}/run-now")).Refused(409, "schedule.not-at-this-level");

        var changes = (await api.As("taiping.education").Get($"{Plan}/response")).Ok().AsArray();
        Assert.Equal(["start", "adjust"], changes.Select(change => change!.Text("kind")));
        Assert.Equal(Daily, changes[1]!["dutiesStopped"]![0]!.GetValue<string>());

        (await office.Post("/api/exercise/advance", new { by = "P4D" })).Ok();
        (await leader.Post($"{Plan}/end", new { reason = "疫情结束" })).Ok();
        var report = (await api.As("taiping.inspector").Get($"{Plan}/end-report?limit=200")).Ok();
        var listed = report["terminated"]!["items"]!.AsArray().Select(task => task!.Text("stateBefore")).Distinct().ToList();
        Assert.Contains("pendingAck", listed);
        Assert.True(report["total"]!.Number("terminated") > 50);
        Assert.True(report["total"]!.Number("overdue") > 0);
        Assert.All(await office.All("/api/tasks?plan=taiping-2020-3&state=terminated"), task => Assert.NotEqual("red", task["overdueSince"] is null && task["ackBreachedAt"] is null ? task.Text("light") : ""));
        var own = (await api.As("taiping.education").Get($"{Plan}/end-report")).Ok();
        Assert.Equal(["education"], own["byUnit"]!.AsObject().Select(unit => unit.Key));
        (await office.Get($"{Plan}/end-report?limit=0")).Invalid("limit");
    }

    [Fact]
    public async Task Phases_stand_with_the_plan_that_has_them()
    {
        var api = await RunningApi.Shared;
        var phases = (await api.As("lanxi.office").Get("/api/plans/lanxi-2020")).Ok()["phases"]!.AsArray();
        Assert.Equal(["mobilisation", "implementation"], phases.Select(phase => phase!.Text("id")));
        Assert.Equal("2020-01-23", phases[0]!.Text("until"));
        Assert.Equal("2020-01-24", phases[1]!.Text("from"));
        Assert.True(phases[0]!.Flag("current"));
        Assert.Empty((await api.As("taiping.office").Get("/api/plans/taiping-2020-3")).Ok()["phases"]!.AsArray());
    }

    [Fact]
    public async Task A_village_is_added_with_its_duties_and_closed_again()
    {
        await using var api = await RunningApi.Start();
        var office = api.As("lanxi.office");
        var body = new { id = "zaojia-village", name = "枣家村", english = "Zaojia Village", aliases = new[] { "枣家" }, classes = new[] { "villages", "villages-and-farms", "all-units" } };

        (await api.As("lanxi.finance").Post("/api/jurisdictions/lanxi/units", body)).Refused(403, "unit.not-allowed");
        (await api.As("taiping.office").Post("/api/jurisdictions/lanxi/units", body)).Refused(404, "not-found");
        Assert.True((await office.Post("/api/jurisdictions/lanxi/units", body, key: "village")).Ok(201).Flag("added"));
        (await office.Post("/api/jurisdictions/lanxi/units", body, key: "village")).Ok(201);
        (await office.Post("/api/jurisdictions/lanxi/units", body)).Refused(409, "unit.name-taken");

        var tasks = await office.All("/api/tasks?unit=zaojia-village");
        Assert.Contains(tasks, task => task.Text("duty") == "lanxi.all-units.grid-management");
        Assert.Equal(tasks.Count, tasks.Select(task => task.Text("duty") + task.Text("occurrence")).Distinct().Count());
        Assert.NotNull((await office.Post("/api/jurisdictions/lanxi/units/zaojia-village/close", new { reason = "并入邻村" })).Ok()["closedAt"]);
        (await office.Post("/api/tasks", new { title = "a", leadUnit = "zaojia-village", dueIn = "P1D" })).Invalid("leadUnit");
        (await office.Post("/api/jurisdictions/lanxi/units/nowhere/close", new { reason = "r" })).Refused(404, "not-found");
    }
}
