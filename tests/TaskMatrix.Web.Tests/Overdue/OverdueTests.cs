using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Overdue;

public sealed class OverdueTests
{
    [Fact]
    public async Task A_task_left_alone_stands_in_the_list_with_its_hours_and_its_history()
    {
        await using var api = await RunningApi.Start();
        var inspector = api.As("taiping.inspector");
        var (unacknowledged, overdue) = (await api.Task("justice", new { ackWithin = "PT1H", dueIn = "P5D" }), await api.Task("justice", new { dueIn = "PT2H" }));
        var done = await api.Task("justice", new { dueIn = "PT2H", reviewRequired = false });
        await api.As("taiping.justice").Do(overdue, "acknowledge");
        await api.As("taiping.justice").Do(done, "acknowledge");
        await api.As("taiping.justice").Do(done, "submit", new { text = "已办" });
        Assert.Empty(await inspector.All("/api/overdue"));

        (await api.As("taiping.office").Post("/api/exercise/advance", new { by = "PT5H" })).Ok();
        var late = await inspector.All("/api/overdue");

        Assert.Equal([unacknowledged, overdue], late.Select(task => task.Text("id")));
        Assert.Equal([4, 3], late.Select(task => task["hoursOverdue"]!.GetValue<double>()));
        Assert.Equal([RunningApi.Morning.AddHours(1), RunningApi.Morning.AddHours(2)], late.Select(task => task.Moment("lateSince")));
        Assert.Equal(RunningApi.Morning.AddHours(1), late[0].Moment("ackBreachedAt"));
        Assert.Equal(RunningApi.Morning.AddHours(2), late[1].Moment("overdueSince"));
        var whole = await inspector.Read(overdue);
        Assert.All(whole.AsObject(), member => Assert.Equal(member.Value?.ToJsonString(), late[1][member.Key]?.ToJsonString()));
        Assert.Equal(["issue", "acknowledge", "overdue", "escalate"], (await inspector.Get($"/api/tasks/{overdue}/events")).Ok().AsArray().Select(one => one!.Text("action")));
    }

    [Fact]
    public async Task Narrows_to_a_unit_and_to_hours_and_pages_over_the_longest_first()
    {
        await using var api = await RunningApi.Start();
        (await api.As("taiping.office").Post("/api/exercise/advance", new { by = "PT33H" })).Ok();
        var inspector = api.As("taiping.inspector");
        var late = await inspector.All("/api/overdue");
        double Hours(System.Text.Json.Nodes.JsonNode task) => task["hoursOverdue"]!.GetValue<double>();

        Assert.True(late.Count > 300);
        Assert.Equal(late.Select(Hours).OrderDescending(), late.Select(Hours));
        Assert.Equal(late.Select(task => task.Text("id")), (await inspector.All("/api/overdue", 17)).Select(task => task.Text("id")));
        Assert.Equal(late.Count(task => Hours(task) >= 10), (await inspector.All("/api/overdue?minHours=10")).Count);
        Assert.NotEmpty(await inspector.All("/api/overdue?minHours=10"));
        Assert.Empty(await inspector.All("/api/overdue?minHours=10000"));
        Assert.Equal(
            late.Where(task => task.Text("leadUnit") == "finance" || task["coOwners"]!.AsArray().Any(co => co!.Text("unit") == "finance" && co!.Text("role") != "inform")).Select(task => task.Text("id")),
            (await inspector.All("/api/overdue?unit=finance")).Select(task => task.Text("id")));
        Assert.Empty(await inspector.All("/api/overdue?jurisdiction=lanxi"));

        var own = await api.As("taiping.finance").All("/api/overdue");
        Assert.NotEmpty(own);
        Assert.All(own, task => Assert.True(task.Text("leadUnit") == "finance" || task.Texts("coUnits").Contains("finance")));
        Assert.Empty(await api.As("taiping.sysadmin").All("/api/overdue"));
    }

    [Fact]
    public async Task A_missed_report_stays_in_the_list_until_it_is_filed()
    {
        await using var api = await RunningApi.Start();
        var liaison = api.As("taiping.education");
        var check = (await liaison.All("/api/tasks?duty=taiping.education.absence-checks&occurrence=2020-01-23")).Single().Text("id");
        (await api.As("taiping.office").Post("/api/exercise/advance", new { by = "PT24H" })).Ok();

        var missed = (await liaison.All("/api/overdue")).Single(task => task.Text("id") == check);
        Assert.Equal(("missed", "red", false), (missed.Text("state"), missed.Text("light"), missed.Flag("onTime")));
        Assert.Equal(RunningApi.Morning.AddHours(6), missed.Moment("lateSince"));

        var filed = await liaison.Do(check, "submit", new { text = "补报：已查" });
        Assert.Equal(("closed", false, "red"), (filed.Text("state"), filed.Flag("onTime"), filed.Text("light")));
        Assert.NotNull(filed["missedAt"]);
        Assert.DoesNotContain(await liaison.All("/api/overdue"), task => task.Text("id") == check);
    }
}
