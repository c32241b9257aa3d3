using FluentValidation;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.TaskInstances;

public sealed class ReceiptsOnSqlite() : ReceiptSuite(new SqliteDatabase());

public sealed class ReceiptsOnPostgres() : ReceiptSuite(new PostgresDatabase());

/// <summary>阅知: what a unit has to read waits in a list of its own until it has read it.</summary>
public abstract class ReceiptSuite(ITestDatabase database)
{
    [Fact]
    public async Task A_closed_report_waits_with_the_unit_it_was_for_until_that_unit_has_read_it()
    {
        await using var system = await TestSystem.Start(database);
        var notice = await ZoonosisNotice(system);
        Assert.Empty((await Waiting(system, People.Liaison("health"))).Items);

        await system.Finish(notice);

        var receipt = Assert.Single((await Waiting(system, People.Liaison("health"))).Items);
        Assert.Equal((notice, "health", "agriculture", "已办理"), (receipt.TaskId, receipt.Unit, receipt.LeadUnit, receipt.ReportText));
        Assert.Equal([TaskActions.ConfirmReceipt], receipt.AllowedActions);
        Assert.Empty((await Waiting(system, People.Liaison("finance"))).Items);

        system.Pass(TimeSpan.FromMinutes(5));
        var read = await system.Send(new ConfirmReceipt.Command(notice, null, "阅"), People.Head("health"));

        Assert.Equal(system.Clock.Now, read.CoOwners.Single(co => co.Unit == "health").ReadAt);
        Assert.Empty((await Waiting(system, People.Liaison("health"))).Items);
        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new ConfirmReceipt.Command(notice, null, null), People.Liaison("health")));
        Assert.Equal("task.already-read", broken.Code);
        Assert.Contains("confirm-receipt", await system.Read(db => db.Audit.Where(entry => entry.TaskId == notice && entry.Unit == "health").Select(entry => entry.Action).ToListAsync()));
        Assert.True((await system.Send(new VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task A_reopened_task_leaves_the_list_and_comes_back_with_its_next_closing()
    {
        await using var system = await TestSystem.Start(database);
        var notice = await ZoonosisNotice(system);
        await system.Finish(notice);

        await system.Send(new ReopenTask.Command(notice, null, "补充", system.Clock.Now.AddDays(1)), People.Office);
        Assert.Empty((await Waiting(system, People.Liaison("health"))).Items);

        await system.Finish(notice);
        Assert.Single((await Waiting(system, People.Liaison("health"))).Items);
    }

    [Fact]
    public async Task The_office_sees_what_waits_anywhere_a_unit_only_its_own()
    {
        await using var system = await TestSystem.Start(database);
        await system.Finish(await ZoonosisNotice(system));

        Assert.Equal(["health"], (await Waiting(system, People.Office)).Items.Select(receipt => receipt.Unit));
        Assert.Empty((await Waiting(system, People.Office)).Items[0].AllowedActions);
        Assert.Single((await Waiting(system, People.Inspector, "health")).Items);
        Assert.Empty((await Waiting(system, People.Office, "finance")).Items);
        Assert.Empty((await Waiting(system, People.Liaison("finance"), "health")).Items);
        Assert.Empty((await Waiting(system, People.OfficeOf("lanxi"))).Items);
    }

    [Fact]
    public async Task The_list_is_read_page_by_page_without_a_gap()
    {
        await using var system = await TestSystem.Start(database);
        for (var i = 0; i < 5; i++)
        {
            await system.Finish(await ZoonosisNotice(system));
        }

        var (seen, cursor) = (new List<Guid>(), (string?)null);
        do
        {
            var page = await system.Send(new ListReceipts.Query(null, new Paging(cursor, 2)), People.Liaison("health"));
            seen.AddRange(page.Items.Select(receipt => receipt.TaskId));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public async Task Words_with_a_receipt_have_an_end()
    {
        await using var system = await TestSystem.Start(database);
        await Assert.ThrowsAsync<ValidationException>(() => system.Send(new ConfirmReceipt.Command(Guid.NewGuid(), null, new string('字', 5001)), People.Office));
    }

    /// <summary>及时向区卫健局通报人畜共患疾病的动物疫情情况.</summary>
    private static async Task<Guid> ZoonosisNotice(TestSystem system)
    {
        var raised = await system.Send(new RaiseEvent.Command(null, "animal-disease", null, "牛只异常死亡", null), People.Liaison("agriculture"));
        return (await system.Tasks(task => task.Duty == "taiping.agriculture.zoonosis-notice")).Single(task => raised.TaskIds.Contains(task.Id)).Id;
    }

    private static Task<ListPage<ReceiptView>> Waiting(TestSystem system, Actor actor, string? unit = null) =>
        system.Send(new ListReceipts.Query(unit, Paging.First), actor);
}
