using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Plans;

/// <summary>太平区 → 水泉镇: a plan is derived, comes into force, a task goes down and its end comes back up.</summary>
public sealed class DerivedPlanTests
{
    private const string Plan = "/api/plans/taiping-2020-3";

    private static object Body(string unit = "shuiquan-town") => new
    {
        unit, jurisdiction = new { id = "shuiquan", name = "水泉镇", english = "Shuiquan Town", numberPrefix = "水泉" }, title = "水泉镇疫情防控工作方案",
        number = "水政〔2020〕1号", issuedOn = "2020-01-23", units = new[] { new { id = "health-station", name = "水泉镇卫生院" } },
        duties = new[] { new { from = "taiping.all-units.returnee-registration", leadUnit = "health-station" } },
    };

    [Fact]
    public async Task A_town_derives_its_plan_and_a_task_passed_down_comes_back_up()
    {
        await using var api = await RunningApi.Start();
        (await api.As("taiping.shuiquan-town").Post($"{Plan}/derive", Body())).Refused(403, "plan.not-allowed");
        (await api.As("taiping.shuiquan-town.head").Post($"{Plan}/derive", Body("health"))).Refused(403, "plan.not-allowed");
        (await api.As("lanxi.office").Post($"{Plan}/derive", Body())).Refused(404, "not-found");

        var made = (await api.As("taiping.shuiquan-town.head").Post($"{Plan}/derive", Body())).Ok(201);
        var plan = made["plan"]!.Text("id");
        Assert.Equal(("shuiquan", "draft", "taiping-2020-3"), (made["plan"]!.Text("jurisdiction"), made["plan"]!.Text("status"), made["plan"]!.Text("parentPlan")));
        await Staff(api);
        var office = api.As("shuiquan.office");
        Assert.Equal("taiping", (await office.Get("/api/jurisdictions")).Ok()[0]!.Text("parent"));
        Assert.Equal(["taiping"], (await api.As("taiping.office").Get("/api/jurisdictions")).Ok().AsArray().Select(place => place!.Text("id")));
        (await api.As("taiping.office").Get($"/api/plans/{plan}")).Refused(404, "not-found");
        Assert.Single((await office.Get($"/api/plans/{plan}/gaps")).Ok()["mapped"]!.AsArray());
        Assert.NotEmpty((await api.As("taiping.office").Get($"/api/plans/{plan}/gaps")).Ok()["leftOut"]!.AsArray());
        (await api.As("taiping.education").Get($"/api/plans/{plan}/gaps")).Refused(404, "not-found");
        (await api.As("taiping.office").Post($"{Plan}/derive", Body())).Refused(409, "jurisdiction.taken");

        (await office.Post($"/api/plans/{plan}/activate", new { level = 2 })).Ok();
        Assert.NotEmpty(await office.All($"/api/tasks?plan={plan}"));

        var town = api.As("taiping.shuiquan-town");
        var task = (await town.All("/api/tasks?duty=taiping.all-units.returnee-registration")).Single().Text("id");
        Assert.Contains("pass-down", (await town.Do(task, "acknowledge"))["allowedActions"]!.AsArray().Select(action => action!.GetValue<string>()));
        (await town.Act(task, "pass-down", new { dueAt = "2021-01-01T00:00:00+08:00" })).Refused(409, "task.below-too-late");
        var below = (await town.Do(task, "pass-down", new { text = "请落实到村" }))["passedDown"]![0]!;
        Assert.Equal("pendingAck", below.Text("state"));
        (await town.Get($"/api/tasks/{below.Text("id")}")).Refused(404, "not-found");

        var child = (await office.Read(below.Text("id")));
        Assert.Equal(task, child["parentTask"]!.Text("id"));
        Assert.Equal(("passedDown", "leading-group-office"), (child["source"]!.Text("kind"), child.Text("leadUnit")));
        await office.Do(child.Text("id"), "reassign", new { leadUnit = "health-station", reason = "由卫生院办理" });
        var station = api.As("shuiquan.health-station");
        await station.Do(child.Text("id"), "acknowledge");
        await station.Do(child.Text("id"), "submit", new { text = "已登记 35 人" });
        if ((await office.Read(child.Text("id"))).Text("state") == "pendingSignOff")
        {
            await api.As("shuiquan.health-station.head").Do(child.Text("id"), "sign");
        }

        await office.Do(child.Text("id"), "approve");

        var above = await town.Read(task);
        Assert.Equal(("inProgress", "closed", "水泉镇卫生院"), (above.Text("state"), above["passedDown"]![0]!.Text("state"), above["passedDown"]![0]!.Text("unitName")));
        var heard = (await town.Get($"/api/tasks/{task}/events")).Ok().AsArray()[^1]!;
        Assert.Equal(("progress", "scheduler"), (heard.Text("action"), heard["actor"]!.Text("userName")));
        Assert.Contains("已登记 35 人", heard["event"]!.Text("text"), StringComparison.Ordinal);
        Assert.Empty(api.ServerFaults);
    }

    /// <summary>People of the area, as <c>users add</c> makes them.</summary>
    private static async Task Staff(RunningApi api)
    {
        (string Name, string Unit, Role Role)[] people =
        [
            ("office", "leading-group-office", Role.Office), ("health-station", "health-station", Role.Liaison), ("health-station.head", "health-station", Role.Head),
        ];
        await using var scope = api.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<TaskMatrix.Web.Organisations.AccountCreation>();
        foreach (var (name, unit, role) in people)
        {
            await accounts.Check(new("shuiquan." + name, "shuiquan", unit, "岗位", [role], "Long-Enough-2020"), "password", CancellationToken.None);
        }

        await api.Services.GetRequiredService<IWriteGate>().Run(
            async (db, ct) =>
            {
                var known = await db.AccessTokens.AsNoTracking().FirstAsync(ct);
                foreach (var (name, unit, role) in people)
                {
                    var user = "shuiquan." + name;
                    db.Accounts.Add(new Account
                    {
                        UserName = user, NormalizedUserName = user.ToUpperInvariant(), DisplayName = user, Jurisdiction = "shuiquan", Unit = unit, Post = "岗位", Roles = [role], SecurityStamp = "s",
                    });
                    db.AccessTokens.Add(new AccessToken
                    {
                        Hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("token-of-" + user))),
                        UserName = user, SecurityStamp = "s", ExpiresAt = known.ExpiresAt,
                    });
                }

                return await db.SaveChangesAsync(ct);
            },
            CancellationToken.None);
    }
}
