using System.Net;
using System.Text;
using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Schedules;

[Collection(Unchanged.Collection)]
public sealed class WatchTests
{
    [Fact]
    public async Task A_roster_is_written_read_handed_over_and_its_gaps_are_told()
    {
        await using var api = await RunningApi.Start();
        var (unit, office) = (api.As("taiping.shuiquan-town"), api.As("taiping.office"));
        var made = (await unit.Post("/api/watch/shifts", new
        {
            shifts = new[]
            {
                new { name = "夜班", startsAt = "2020-01-22T20:00:00+08:00", endsAt = "2020-01-23T08:30:00+08:00", post = "副镇长", phone = "13700000737" },
                new { name = "白班", startsAt = "2020-01-23T08:30:00+08:00", endsAt = "2020-01-23T20:00:00+08:00", post = "值班员", phone = "13911112222" },
            },
        })).Ok(201).AsArray();
        (await unit.Post($"/api/watch/shifts/{made[0]!.Text("id")}/hand-over", new { note = "路口正常", problems = "路灯坏" })).Ok();
        (await unit.Post($"/api/watch/shifts/{made[0]!.Text("id")}/hand-over", new { note = "路口正常" })).Refused(409, "watch.handed-over");

        var now = (await office.Get("/api/watch/now?unit=shuiquan-town")).Ok().AsArray().Single()!;
        Assert.Equal(("值班员", "13911112222", "路口正常", "路灯坏"), (now.Text("post"), now.Text("phone"), now["received"]!.Text("note"), now["received"]!.Text("problems")));
        Assert.Equal("139****2222", (await office.Get("/api/watch")).Ok()["items"]!.AsArray().Single(shift => shift!.Text("name") == "白班")!.Text("phone"));
        Assert.Equal(2, (await office.All("/api/watch?from=2020-01-22&to=2020-01-23")).Count);

        var gaps = (await office.Get("/api/watch/gaps?unit=shuiquan-town")).Ok();
        Assert.Equal("原文未写班次，按全天有人值班计", gaps["assumption"]!.Text("why"));
        var gap = gaps["units"]![0]!["gaps"]!.AsArray().Single()!;
        Assert.Equal((RunningApi.Morning.AddHours(11), RunningApi.Morning.AddDays(7)), (gap.Moment("from"), gap.Moment("to")));

        (await unit.Post($"/api/watch/shifts/{made[1]!.Text("id")}/cancel", new { reason = "换班" })).Ok();
        Assert.Empty((await office.Get("/api/watch/now?unit=shuiquan-town")).Ok().AsArray());
    }

    [Fact]
    public async Task Nonsense_is_refused_at_its_field_and_changes_nothing()
    {
        await using var unchanged = await Unchanged.Here();
        var unit = unchanged.Api.As("taiping.gaode-street");

        (await unit.Post("/api/watch/shifts", new { shifts = new[] { new { name = "白班", startsAt = "2020-01-23T08:00:00Z", endsAt = "2020-01-23T08:00:00Z", post = "p" } } })).Invalid("shifts[0].endsAt");
        (await unit.Post("/api/watch/shifts", new { shifts = new[] { new { name = "", startsAt = "2020-01-23T08:00:00Z" } } })).Invalid("shifts[0].post");
        (await unit.Post("/api/watch/shifts", new { unit = "nowhere", shifts = new[] { new { name = "n", startsAt = "2020-01-23T08:00:00Z", endsAt = "2020-01-23T09:00:00Z", post = "p" } } })).Invalid("unit");
        (await unit.Get("/api/watch?from=2020-01-23&to=2020-01-22")).Invalid("to");
        (await unit.Get("/api/watch?from=2020-01-01&to=2020-12-31")).Invalid("to");
        var refused = (await unit.Upload(Encoding.UTF8.GetBytes("开始时间,结束时间,班次,值班岗位（人员）\n某日,,,\n"), "a.csv", path: "/api/watch/import")).Refused(400, "import.refused");
        Assert.Equal(4, refused["problems"]!.AsArray().Count);
    }
}

/// <summary>The page of rosters.</summary>
[Collection(PagesCollection.Name)]
public sealed class WatchPageTests(PagesServer server)
{
    [Fact]
    public async Task A_unit_plans_its_shifts_and_hands_over_and_the_office_sees_who_is_there()
    {
        var visitor = await server.Visit("taiping.market-supervision");
        var page = await visitor.Get("/watch");
        var added = await visitor.Send(page.Form("/watch/shifts"), ("name", "白班"), ("post", "市场科值班员"), ("phone", "13911112222"), ("startsAt", "2020-01-23T08:00"), ("endsAt", "2020-01-23T20:00"));
        Assert.Equal("已排班。", added.Text(".told"));
        Assert.Contains("市场科值班员", added.Html);
        var office = await server.Visit("taiping.office");
        Assert.Contains("13911112222", (await office.Get("/watch")).Text(".task-cards"));
        Assert.Contains("原文未写班次", (await office.Get("/watch")).Html);
        Assert.DoesNotContain("13911112222", (await (await server.Visit("taiping.inspector")).Get("/watch")).Html);

        var action = added.FormActions.Single(address => address.EndsWith("/hand-over", StringComparison.Ordinal));
        var empty = await visitor.Send(added.Form(action), ("note", ""), ("problems", "冷库待查"));
        Assert.Equal(HttpStatusCode.BadRequest, empty.Status);
        Assert.Contains("冷库待查", empty.Html);
        Assert.Equal("已交班。", (await visitor.Send(empty.Form(action), ("note", "钥匙在前台"))).Text(".told"));

        var bad = await visitor.SendFiles(page.Form("/watch/import"), "a.csv", Encoding.UTF8.GetBytes("startsAt,endsAt,name,post\n2020-01-24 08:00,2020-01-24 07:00,白班,x\n"));
        Assert.Equal(["2"], bad.Document.QuerySelectorAll(".import-problems tbody tr").Select(row => row.Children[0].TextContent));
        var good = await visitor.SendFiles(bad.Form("/watch/import"), "a.csv", Encoding.UTF8.GetBytes("startsAt,endsAt,name,post\n2020-01-24 08:00,2020-01-24 20:00,白班,x\n"));
        Assert.Equal("已导入 1 行。", good.Text(".told"));
        var cancel = good.FormActions.Single(address => address.EndsWith("/cancel", StringComparison.Ordinal));
        Assert.Equal("已取消该班次。", (await visitor.Send(good.Form(cancel), ("reason", "换班"))).Text(".told"));
    }
}
