using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Organisations;

public sealed class AddedUnitsOnSqlite() : AddedUnitSuite(new SqliteDatabase());

public sealed class AddedUnitsOnPostgres() : AddedUnitSuite(new PostgresDatabase());

public abstract class AddedUnitSuite(ITestDatabase database)
{
    private static readonly AddUnit.Command Village = new("lanxi", "zaojia-village", "枣家村", "Zaojia Village", ["枣家"], ["villages"]);

    /// <summary>What every unit of the document that is a village is besides.</summary>
    private static readonly string[] Implied = ["villages", "villages-and-farms", "all-units"];

    [Fact]
    public async Task A_village_gets_the_open_collective_duties_of_its_classes_at_once_and_their_occurrences_from_then_on()
    {
        await using var system = await TestSystem.Start(database);
        var others = await system.Read(db => db.Tasks.CountAsync(task => task.Jurisdiction == "lanxi"));

        await system.Send(Village, People.OfficeOf("lanxi"));

        var tasks = await system.Tasks(task => task.Jurisdiction == "lanxi" && task.LeadUnit == Village.Id);
        var wanted = Collective().Where(duty => duty.Kind is DutyKind.OneOff or DutyKind.Standing && Begun(duty)).Select(duty => duty.Id);
        Assert.Equal(wanted.Order(), tasks.Where(task => task.Kind != "recurring").Select(task => task.Duty).Order());
        var daily = Collective().Where(duty => duty is { Kind: DutyKind.Recurring, Schedule.Cron: "0 8 * * *" }).Select(duty => duty.Id).ToList();
        Assert.NotEmpty(daily);
        Assert.Superset(daily.ToHashSet(), tasks.Where(task => task.Occurrence == "2020-01-23").Select(task => task.Duty!).ToHashSet());
        Assert.Equal(others + tasks.Count, await system.Read(db => db.Tasks.CountAsync(task => task.Jurisdiction == "lanxi")));

        system.Pass(TimeSpan.FromDays(1));
        await system.RunDue();
        Assert.All(daily, duty => Assert.Single(system.Tasks(task => task.Duty == duty && task.LeadUnit == Village.Id && task.Occurrence == "2020-01-24").Result));
    }

    [Fact]
    public async Task It_is_found_by_every_node_and_after_a_restart_and_stands_in_the_record()
    {
        var system = await TestSystem.Start(database);
        var other = await system.AnotherNode();
        await system.Send(Village, People.OfficeOf("lanxi"));
        Assert.Contains(await other.Send(new ListUnits.Query("lanxi"), People.OfficeOf("lanxi")), unit => unit.Id == Village.Id);
        if (other != system)
        {
            await other.Stop();
        }

        await using var again = await system.Restart();

        var unit = (await again.Send(new ListUnits.Query("lanxi"), People.OfficeOf("lanxi"))).Single(unit => unit.Id == Village.Id);
        Assert.True(unit.Added);
        Assert.Equal(["head", "liaison"], unit.Posts.Select(post => post.Role));
        Assert.All(unit.Posts, post => Assert.NotNull(post.Assumption));
        Assert.Single(await again.Read(db => db.Audit.Where(entry => entry.Action == "add-unit").ToListAsync()));
        Assert.True((await again.Send(new App.Audit.VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task It_keeps_its_place_when_the_program_brings_new_definitions()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(Village, People.OfficeOf("lanxi"));
        await system.Tamper($"UPDATE definitions SET sha256 = 'older' WHERE id = 'seed.lanxi'");

        await using var again = await system.Restart();

        Assert.True(await again.Read(db => db.Definitions.AnyAsync(definition => definition.Id == "seed.lanxi" && definition.Version == 2)));
        Assert.Contains(await again.Send(new ListUnits.Query("lanxi"), People.OfficeOf("lanxi")), unit => unit.Id == Village.Id);
        again.Pass(TimeSpan.FromDays(1));
        await again.RunDue();
        Assert.NotEmpty(await again.Tasks(task => task.LeadUnit == Village.Id && task.Occurrence == "2020-01-24"));
    }

    [Fact]
    public async Task Added_twice_it_is_one_unit_and_a_name_of_another_is_refused()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(Village, People.OfficeOf("lanxi"));
        var tasks = await system.Read(db => db.Tasks.CountAsync());

        Assert.Equal("unit.name-taken", await Code(system, Village));
        Assert.Equal("unit.name-taken", await Code(system, Village with { Id = "other", Aliases = [] }));
        Assert.Equal("unit.unknown-class", await Code(system, Village with { Id = "other", Name = "别村", Aliases = [], Classes = ["hamlets"] }));
        Assert.Equal(tasks, await system.Read(db => db.Tasks.CountAsync()));
        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(Village with { Id = "x" }, People.Office));
    }

    [Fact]
    public async Task A_closed_unit_keeps_what_is_open_for_the_office_and_gets_nothing_more()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(Village, People.OfficeOf("lanxi"));
        var open = await system.Tasks(task => task.LeadUnit == Village.Id && task.State == TaskState.PendingAck);

        await system.Send(new CloseUnit.Command("lanxi", Village.Id, "并入邻村"), People.OfficeOf("lanxi"));

        var before = await system.Read(db => db.Tasks.CountAsync(task => task.LeadUnit == Village.Id));
        system.Pass(TimeSpan.FromDays(1));
        await system.RunDue();
        Assert.Equal(before, await system.Read(db => db.Tasks.CountAsync(task => task.LeadUnit == Village.Id)));
        Assert.All(open, task => Assert.Equal(TaskState.PendingAck, system.TaskOf(task.Id).Result.State));
        var moved = await system.Send(new ReassignTask.Command(open[0].Id, null, "fishery", null, "单位停用", null, null), People.OfficeOf("lanxi"));
        Assert.Equal("fishery", moved.LeadUnit);
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(
            () => system.Send(new ReassignTask.Command(open[1].Id, null, Village.Id, null, "r", null, null), People.OfficeOf("lanxi")));
        Assert.Equal("unit.closed", await Code(system, new CloseUnit.Command("lanxi", Village.Id, "再次")));

        await using var again = await system.Restart();
        Assert.NotNull((await again.Send(new ListUnits.Query("lanxi"), People.OfficeOf("lanxi"))).Single(unit => unit.Id == Village.Id).ClosedAt);
    }

    [Fact]
    public async Task A_unit_with_duties_of_its_own_and_the_office_itself_cannot_be_closed()
    {
        await using var system = await TestSystem.Start(database);

        Assert.Equal("unit.in-use", await Code(system, new CloseUnit.Command("lanxi", "finance", "撤销")));
        Assert.Equal("unit.in-use", await Code(system, new CloseUnit.Command("lanxi", "central-school", "撤销")));
        Assert.Equal("unit.cannot-close", await Code(system, new CloseUnit.Command("lanxi", "leading-group-office", "撤销")));
    }

    private static IEnumerable<Duty> Collective() => Shipped.Set.Duties.Where(duty => duty is { Jurisdiction: "lanxi", Enabled: true } && Implied.Contains(duty.UnitClass));

    /// <summary>On the first day of the plan the mobilisation goes on and the implementation is still to come.</summary>
    private static bool Begun(Duty duty) => duty.Phase != "implementation";

    private static async Task<string> Code<T>(TestSystem system, MediatR.IRequest<T> command) =>
        (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(command, People.OfficeOf("lanxi")))).Code;
}
