using TaskMatrix.App.Organisations;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Overdue;

public sealed class OverdueDeskOnSqlite() : OverdueDeskSuite(new SqliteDatabase());

public sealed class OverdueDeskOnPostgres() : OverdueDeskSuite(new PostgresDatabase());

/// <summary>What is late, who is late again and again, and what speaks for a unit.</summary>
public abstract class OverdueDeskSuite(ITestDatabase database)
{
    [Fact]
    public async Task Counts_what_is_late_by_unit_and_age_with_what_speaks_for_the_unit()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        await system.Assign(dueIn: "PT2H");
        var extended = await system.Assign("health", dueIn: "PT2H");
        await system.Acknowledge(extended.Id);
        await system.Send(new RequestExtension.Command(extended.Id, null, "等材料", "一半", system.Clock.Now.AddDays(1)), People.Liaison("health"));
        await system.Send(new DecideExtension.Command(extended.Id, null, true, null, "同意"), People.Office);
        await system.Send(new ProposeMeeting.Command("会商", "求助", null), People.Liaison("health"));
        system.Pass(TimeSpan.FromHours(84));
        await system.RunDue();

        var desk = await Desk(system, People.Inspector);

        Assert.Equal((2, 1, 1), (desk.Late.All.Count, desk.Late.All.NeverAcknowledged, desk.Late.All.AskedExtension));
        Assert.Equal([("education", 1), ("health", 1)], desk.Late.ByUnit.Select(group => (group.Key, group.Count)));
        Assert.Equal([0, 1, 1, 0], desk.Late.All.Bands);
        Assert.Equal(["health"], desk.AskedForHelp);
        var own = await Desk(system, People.Liaison("education"));
        Assert.Equal("education", Assert.Single(own.Late.ByUnit).Key);
        Assert.Empty(own.AskedForHelp);
        await Assert.ThrowsAsync<NotFoundException>(() => Desk(system, People.Inspector with { Roles = [Role.SystemAdministrator] }));
    }

    [Fact]
    public async Task Names_units_that_are_late_again_and_again_though_they_finished_since()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        foreach (var unit in new[] { "education", "education", "education", "health", "health" })
        {
            var task = await system.Assign(unit, dueIn: "PT2H");
            await system.Acknowledge(task.Id);
            system.Pass(TimeSpan.FromHours(3));
            await system.RunDue();
            await system.Finish(task.Id);
        }

        Assert.Equal(new GetOverdueSummary.RepeatedlyLate("education", 3, 0), Assert.Single((await Desk(system, People.Inspector)).Repeated));
        system.Pass(TimeSpan.FromDays(GetOverdueSummary.LateDays));
        Assert.Empty((await Desk(system, People.Inspector)).Repeated);
    }

    [Fact]
    public async Task Finds_reports_in_the_same_words_on_one_duty()
    {
        await using var system = await TestSystem.Start(database);
        var pending = await system.Tasks(task => task.Duty != null && task.Form == null && task.LeadUnit == "education" && task.State == TaskState.PendingAck && !task.EvidenceRequired);
        var tasks = pending.Where(task => !task.CoUnits.Any(co => co.MustConfirm)).Take(4).ToList();
        foreach (var task in tasks)
        {
            await system.Acknowledge(task.Id);
            await system.Submit(task.Id);
        }

        Assert.Empty((await Desk(system, People.Inspector)).Identical);
        foreach (var (task, place) in tasks.Select((task, i) => (task, i)))
        {
            await system.Tamper($"UPDATE tasks SET duty = 'taiping.education.absence-checks', occurrence = {$"same-{place}"} WHERE id = {task.Id}");
        }

        var same = Assert.Single((await Desk(system, People.Inspector)).Identical);
        Assert.Equal(("education", "taiping.education.absence-checks", "已办理", 4), (same.Unit, same.Duty, same.Text, same.Times));
        Assert.Empty((await Desk(system, People.Liaison("health"))).Identical);
        system.Pass(TimeSpan.FromDays(GetOverdueSummary.TextDays));
        Assert.Empty((await Desk(system, People.Inspector)).Identical);
    }

    private static Task<GetOverdueSummary.Result> Desk(TestSystem system, Actor who) => system.Send(new GetOverdueSummary.Query(), who);
}
