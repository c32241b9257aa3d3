using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Overdue;

public sealed class RungInspectionsOnSqlite() : RungInspectionSuite(new SqliteDatabase());

public sealed class RungInspectionsOnPostgres() : RungInspectionSuite(new PostgresDatabase());

/// <summary>The strict ladder, chosen by the office for one duty, up to the inspection it opens.</summary>
public abstract class RungInspectionSuite(ITestDatabase database)
{
    private const string Duty = "taiping.health.epidemiological-investigation";

    [Fact]
    public async Task Climbs_to_an_order_and_an_inspection_once_and_tells_unit_and_inspectors()
    {
        await using var system = await TestSystem.Start(database);
        var task = await Strict(system);

        system.Clock.Now = task.DueAt!.Value.AddDays(1);
        await system.RunDue();
        var inspection = Assert.Single(await Of(system, task.Id));
        Assert.Equal((InspectionState.Ordered, task.LeadUnit, system.Clock.Now.AddDays(1)), (inspection.State, inspection.Unit, inspection.AnswerBy!.Value));
        Assert.Equal(3, (await system.TaskOf(task.Id)).EscalationLevel);

        system.Clock.Now = task.DueAt.Value.AddDays(30);
        await system.RunDue();
        Assert.Equal(inspection.Id, Assert.Single(await Of(system, task.Id)).Id);
        Assert.Equal(4, (await system.TaskOf(task.Id)).EscalationLevel);

        var told = await system.Send(new ListMessages.Query(false, new Paging(null, 200)), People.Inspector);
        Assert.Contains(told.Items, message => message.Kind == NoticeKind.InspectionOpened);
        Assert.Contains((await system.Send(new ListMessages.Query(false, new Paging(null, 200)), People.Liaison(task.LeadUnit))).Items, message => message.Kind == NoticeKind.OrderIssued);
        Assert.True((await system.Send(new VerifyRecord.Query(), new Actor("a", "a", "a", "taiping", "x", [Role.AuditAdministrator]))).Ok);
    }

    [Fact]
    public async Task A_task_ended_before_the_rung_is_never_inspected()
    {
        await using var system = await TestSystem.Start(database);
        var task = await Strict(system);
        system.Clock.Now = task.DueAt!.Value.AddHours(1);
        await system.RunDue();
        await system.Terminate(task.Id);

        system.Clock.Now = task.DueAt.Value.AddDays(9);
        await system.RunDue();

        Assert.Empty(await Of(system, task.Id));
    }

    [Fact]
    public async Task Only_a_known_ladder_can_be_chosen()
    {
        await using var system = await TestSystem.Start(database);

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() =>
            system.Send(new SetAssumptions.Command(Duty, [new SetAssumptions.NewValue("ladder", "steep")]), People.Office));

        Assert.Equal("definition.unknown-ladder", refused.Code);
    }

    /// <summary>A task whose duty the office has put on the strict ladder before it was issued.</summary>
    private static async Task<TaskInstance> Strict(TestSystem system)
    {
        await system.Send(new SetAssumptions.Command(Duty, [new SetAssumptions.NewValue("ladder", "strict", "从严")]), People.Office);
        await system.Send(new RaiseEvent.Command(null, "suspected-case", null, "一例", null), People.Liaison("education"));
        return (await system.Tasks(task => task.Duty == Duty))[0];
    }

    private static Task<List<Inspection>> Of(TestSystem system, Guid task) => system.Read(db =>
        db.Inspections.Where(inspection => db.InspectionTasks.Any(about => about.TaskId == task && about.InspectionId == inspection.Id)).ToListAsync());
}
