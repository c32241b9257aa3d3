using FluentValidation;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Statistics;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Statistics;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Statistics;

public sealed class StatisticsOnSqlite() : StatisticsSuite(new SqliteDatabase());

public sealed class StatisticsOnPostgres() : StatisticsSuite(new PostgresDatabase());

/// <summary>Figures of a period, from the rows.</summary>
public abstract class StatisticsSuite(ITestDatabase database)
{
    private static readonly DateOnly Today = new(2020, 1, 23);

    [Fact]
    public async Task Counts_what_was_issued_in_the_period_and_how_it_went()
    {
        await using var system = await AFewTasks();

        var total = (await Ask(system, Today, Today)).Total;

        Assert.Equal((4, 2, 1, 1), (total.Issued, total.Open, total.Closed, total.Terminated));
        Assert.Equal((2, 1, 0.5, 1), (total.Decided, total.OnTime, total.OnTimeRate, total.OverdueBreaches));
        Assert.Equal(new TimeSpread(2, 2, 5), total.Acknowledge);
        Assert.Equal(new TimeSpread(1, 6, 6), total.Close);
    }

    [Fact]
    public async Task Is_divided_by_unit_duty_section_and_day()
    {
        await using var system = await TestSystem.Start(database);
        var all = await system.Tasks(task => task.Jurisdiction == "taiping" && task.IssuedAt != null);

        foreach (var by in Enum.GetValues<StatisticsBy>())
        {
            var result = await Ask(system, Today.AddDays(-3), Today, by);
            Assert.Equal(all.Count, result.Total.Issued);
            Assert.Equal(all.Count, result.Groups.Sum(group => group.Figures.Issued));
        }

        Assert.Equal(all.Select(task => task.LeadUnit).Distinct().Order(), (await Ask(system, Today, Today)).Groups.Select(group => group.Key!).Order());
        Assert.Equal((await Ask(system, Today, Today)).Groups.Select(group => group.Key), (await Ask(system, Today, Today)).Burden.Select(unit => unit.Unit));
        Assert.Equal("区教育局", (await Ask(system, Today, Today)).Groups.Single(group => group.Key == "education").Title);
        Assert.Equal(["2020-01-23"], (await Ask(system, Today, Today, StatisticsBy.Day)).Groups.Select(group => group.Key));
    }

    [Fact]
    public async Task A_unit_reads_its_own_figures_and_a_member_of_the_office_all()
    {
        await using var system = await AFewTasks();

        var own = await system.Send(new GetStatistics.Query(null, Today, Today, StatisticsBy.Unit), People.Liaison("health"));

        Assert.False(own.WholeJurisdiction);
        Assert.Equal(["health"], own.Groups.Select(group => group.Key));
        Assert.Equal(["health"], own.Burden.Select(unit => unit.Unit));
        Assert.Equal(own.Groups.Sum(group => group.Figures.Open), own.Ageing.Sum(band => band.Open));
    }

    [Fact]
    public async Task What_was_asked_of_a_unit_stays_with_it_when_the_task_moves_on()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var task = await system.Assign("education");
        await system.Send(new ReassignTask.Command(task.Id, null, "health", null, "改派", null, null), People.Office);

        var result = await Ask(system, Today, Today);

        Assert.Equal(("health", 1), (result.Groups.Single().Key, result.Groups.Single().Figures.Issued));
        Assert.Equal(["education"], result.Burden.Select(unit => unit.Unit));
        Assert.Equal(["education"], (await system.Send(new GetStatistics.Query(null, Today, Today, StatisticsBy.Unit), People.Liaison("education"))).Burden.Select(unit => unit.Unit));
    }

    [Fact]
    public async Task Days_are_those_of_the_jurisdiction()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        system.Pass(TimeSpan.FromHours(14.99));
        await system.Assign();
        system.Pass(TimeSpan.FromHours(0.02));
        await system.Assign();

        var days = await Ask(system, Today, Today.AddDays(1), StatisticsBy.Day);

        Assert.Equal([("2020-01-23", 1), ("2020-01-24", 1)], days.Groups.Select(group => (group.Key!, group.Figures.Issued)));
        Assert.Equal(1, (await Ask(system, Today.AddDays(1), Today.AddDays(1))).Total.Issued);
    }

    [Fact]
    public async Task The_open_are_counted_by_age_whenever_they_were_issued()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        await system.Assign(dueIn: "P1D");
        system.Pass(TimeSpan.FromDays(4));
        await system.RunDue();
        await system.Assign();
        await system.Assign(draft: true);

        var ageing = (await Ask(system, Today.AddDays(4), Today.AddDays(4))).Ageing;

        Assert.Equal([(0, 1, 0), (3, 1, 1)], ageing.Where(band => band.Open > 0).Select(band => (band.FromDays, band.Open, band.Late)));
    }

    [Fact]
    public async Task The_period_is_bounded_and_another_jurisdiction_unknown()
    {
        await using var system = await TestSystem.Start(database, activate: false);

        Assert.Equal(366, (await Ask(system, Today.AddDays(-365), Today)).To.DayNumber - Today.AddDays(-366).DayNumber);
        await Assert.ThrowsAsync<ValidationException>(() => Ask(system, Today.AddDays(-366), Today));
        await Assert.ThrowsAsync<ValidationException>(() => Ask(system, Today, Today.AddDays(-1)));
        await Assert.ThrowsAsync<ValidationException>(() => Ask(system, DateOnly.MinValue, DateOnly.MinValue));
        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new GetStatistics.Query("lanxi", null, null, StatisticsBy.Unit), People.Office));
        var auditor = People.Office with { Roles = [Role.AuditAdministrator] };
        Assert.Equal("statistics.not-allowed", (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new GetStatistics.Query(null, null, null, StatisticsBy.Unit), auditor))).Code);
    }

    private static Task<GetStatistics.Result> Ask(TestSystem system, DateOnly from, DateOnly to, StatisticsBy by = StatisticsBy.Unit) =>
        system.Send(new GetStatistics.Query(null, from, to, by), People.Office);

    /// <summary>One closed in time, one overdue, one called off, one untouched.</summary>
    private async Task<TestSystem> AFewTasks()
    {
        var system = await TestSystem.Start(database, activate: false);
        var (good, late, off) = (await system.Assign("health", dueIn: "P2D"), await system.Assign("education", dueIn: "PT8H"), await system.Assign("justice"));
        await system.Assign("health");
        system.Pass(TimeSpan.FromHours(2));
        await system.Acknowledge(good.Id);
        await system.Terminate(off.Id);
        system.Pass(TimeSpan.FromHours(3));
        await system.Acknowledge(late.Id);
        system.Pass(TimeSpan.FromHours(1));
        await system.Submit(good.Id);
        await system.Approve(good.Id);
        system.Pass(TimeSpan.FromHours(4));
        await system.RunDue();
        return system;
    }
}
