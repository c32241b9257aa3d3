using FluentValidation;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Audit;

public sealed class ListAuditOnSqlite() : ListAuditSuite(new SqliteDatabase());

public sealed class ListAuditOnPostgres() : ListAuditSuite(new PostgresDatabase());

/// <summary>The record as those read it who may.</summary>
public abstract class ListAuditSuite(ITestDatabase database)
{
    private static readonly Actor Auditor = People.Office with { UserName = "taiping.auditor", Roles = [Role.AuditAdministrator] };

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("education", null, null)]
    [InlineData(null, "taiping.office", null)]
    [InlineData("education", null, "issue")]
    public async Task Every_entry_is_listed_once_the_newest_first(string? unit, string? actor, string? action)
    {
        await using var system = await TestSystem.Start(database);
        await RecordSuite.ABusyWeek(system);

        var seen = new List<AuditEntryView>();
        for (string? cursor = null; ;)
        {
            var page = await system.Send(new ListAudit.Query(null, unit, actor, action, null, null, new Paging(cursor, 70)), People.Inspector);
            seen.AddRange(page.Items);
            if ((cursor = page.NextCursor) is null)
            {
                break;
            }
        }

        var all = await system.Read(db => Task.FromResult(db.Audit.Where(entry => entry.Jurisdiction == "taiping" && (unit == null || entry.Unit == unit)
            && (actor == null || entry.Actor == actor) && (action == null || entry.Action == action)).Select(entry => entry.Hash).ToList()));
        Assert.True(all.Count > 1);
        Assert.Equal(all.Order(), seen.Select(entry => entry.Hash).Order());
        Assert.True(seen.Zip(seen.Skip(1)).All(pair => pair.First.At >= pair.Second.At));
    }

    [Fact]
    public async Task An_entry_says_who_did_what_to_which_task_and_masks_what_could_be_a_telephone()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var task = await system.Assign();
        await system.Send(new TerminateTask.Command(task.Id, null, "致电 13700000737 核实", null), People.Leader);

        var entry = (await system.Send(new ListAudit.Query(null, null, null, "terminate", null, null, Paging.First), Auditor)).Items.Single();

        Assert.Equal((task.Id, task.Number, "pendingAck", "terminated"), (entry.TaskId, entry.Number, entry.From, entry.To));
        Assert.Equal("致电 137****0737 核实", entry.Reason);
        Assert.Equal("taiping.leader", (string?)entry.Actor!["userName"]);
        Assert.Equal("taiping/education", entry.Chain);
        Assert.DoesNotContain("13700000737", entry.Changes!.ToJsonString());
    }

    [Fact]
    public async Task An_export_stands_in_the_record_with_its_days()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        await system.Send(new RecordExport.Command("archive.zip", new Dictionary<string, object?> { ["from"] = TestSystem.Morning }), Auditor);

        var entry = (await system.Send(new ListAudit.Query(null, null, "taiping.auditor", null, null, null, Paging.First), Auditor)).Items.Single();

        Assert.Equal(("export", "archive.zip"), (entry.Action, (string?)entry.Details!["export"]));
        Assert.NotNull(entry.Details["from"]);
        Assert.Null(entry.From);
    }

    [Fact]
    public async Task Only_its_own_auditor_and_inspector_read_the_record_of_a_jurisdiction()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        foreach (var other in new[] { People.Office, People.Leader, People.Liaison("education"), People.Office with { Roles = [Role.SystemAdministrator] } })
        {
            Assert.Equal("audit.not-allowed", (await Assert.ThrowsAsync<RuleBrokenException>(() => List(system, other))).Code);
            Assert.Equal("audit.not-allowed", (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new GetHeads.Query(null), other))).Code);
        }

        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new ListAudit.Query("lanxi", null, null, null, null, null, Paging.First), Auditor));
        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new GetHeads.Query("lanxi"), People.Inspector));
    }

    [Fact]
    public async Task A_period_is_from_its_beginning_to_before_its_end()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var (from, to) = (TestSystem.Morning.AddHours(1), TestSystem.Morning.AddHours(2));
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await system.Assign();
            system.Pass(TimeSpan.FromHours(1));
        }

        var entries = (await system.Send(new ListAudit.Query(null, null, null, "issue", from, to, Paging.First), Auditor)).Items;

        Assert.Equal([from], entries.Select(entry => entry.At));
        await Assert.ThrowsAsync<ValidationException>(() => system.Send(new ListAudit.Query(null, null, null, null, to, from, Paging.First), Auditor));
    }

    [Theory]
    [InlineData("bm90IGEgY3Vyc29y")]
    [InlineData("NXxhYmM=")]
    public async Task A_cursor_of_another_list_is_refused(string cursor)
    {
        await using var system = await TestSystem.Start(database, activate: false);
        await Assert.ThrowsAsync<ValidationException>(() => system.Send(new ListAudit.Query(null, null, null, null, null, null, new Paging(cursor, null)), Auditor));
    }

    private static Task<ListPage<AuditEntryView>> List(TestSystem system, Actor actor) =>
        system.Send(new ListAudit.Query(null, null, null, null, null, null, Paging.First), actor);
}
