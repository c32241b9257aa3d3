using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Workflows;

public sealed class ProcessesOnSqlite() : ProcessSuite(new SqliteDatabase());

public sealed class ProcessesOnPostgres() : ProcessSuite(new PostgresDatabase())
{
    /// <summary>The heads of the chains are held, so whoever ends first waits there, and the other one comes while that end is not to be seen.</summary>
    [Fact]
    public async Task A_fan_out_whose_last_two_tasks_end_at_the_same_moment_joins_once()
    {
        var encounter = new Encounter();
        await using var system = await TestSystem.Start(new PostgresDatabase(), besides: services => services
            .AddSingleton<IInterceptor>(new Asked(encounter.See)).AddSingleton<StatementWatch>(_ => encounter.See));
        var checks = await SelfChecks(system);
        foreach (var check in checks.SkipLast(2))
        {
            await NotApplicable(system, check.Id);
        }

        await using var outside = NpgsqlDataSource.Create(system.Options.Postgres!);
        await using var holder = await outside.OpenConnectionAsync();
        await using var holds = await holder.BeginTransactionAsync();
        await using (var heads = new NpgsqlCommand("SELECT unit FROM chain_heads FOR UPDATE", holder, holds))
        {
            await heads.ExecuteNonQueryAsync();
        }

        encounter.Begin();
        var both = checks.TakeLast(2).Select(check => NotApplicable(system, check.Id)).ToArray();
        await encounter.Both;
        await holds.CommitAsync();
        await Task.WhenAll(both);

        Assert.Single(await system.Tasks(task => task.Run == checks[0].Run && task.Step == "summary"));
    }

    /// <summary>Of two commands that have both come to the lock of their run or, were there none, to the heads of their chains.</summary>
    private sealed class Encounter
    {
        private int _locks, _heads;
        private TaskCompletionSource _both = new();

        public Task Both => _both.Task.WaitAsync(TimeSpan.FromMinutes(1));

        public void Begin() => (_locks, _heads, _both) = (0, 0, new(TaskCreationOptions.RunContinuationsAsynchronously));

        public string? See(string sql)
        {
            if ((sql.Contains("pg_advisory_xact_lock", StringComparison.Ordinal) && Interlocked.Increment(ref _locks) == 2)
                || (sql.Contains("FROM chain_heads", StringComparison.Ordinal) && Interlocked.Increment(ref _heads) == 2))
            {
                _both.TrySetResult();
            }

            return null;
        }
    }

    private sealed class Asked(Func<string, string?> asked) : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData data, InterceptionResult<int> result, CancellationToken ct = default)
        {
            asked(command.CommandText);
            return ValueTask.FromResult(result);
        }
    }
}

/// <summary>Runs of the shipped processes, from their first task to their end.</summary>
public abstract class ProcessSuite(ITestDatabase database)
{
    private const string TwoSuspected = """{"suspectedCases":2}""", NoneSuspected = """{"suspectedCases":0}""";

    [Fact]
    public async Task A_daily_report_with_suspected_cases_raises_the_event_once_when_it_is_signed()
    {
        await using var system = await TestSystem.Start(database);
        var report = (await system.Tasks(task => task.Duty == "lanxi.all-units.daily-report" && task.LeadUnit == "central-school")).Single();
        Assert.Equal(TaskState.PendingSignOff, (await system.Submit(report.Id, TwoSuspected)).State);
        Assert.Empty(await Raised(system));

        await system.Sign(report.Id);

        var raised = Assert.Single(await Raised(system));
        Assert.Equal(
            ("suspected-case", "lanxi", "central-school", """{"people":2,"contact":"镇中心学校党总支 central-school、central-school.head"}"""),
            (raised.Kind, raised.Jurisdiction, raised.RaisedByUnit, raised.Data));
        var started = await StartedBy(system, raised.Id);
        Assert.Superset(new HashSet<string> { "health-center", "police-station", "leading-group-office" }, started.Select(task => task.LeadUnit).ToHashSet());
        Assert.Equal(started.Count, started.Select(task => (task.Duty, task.LeadUnit)).Distinct().Count());

        await system.Send(new App.TaskInstances.ReopenTask.Command(report.Id, null, "更正", system.Clock.Now.AddHours(1)), People.OfficeOf("lanxi"));
        await system.Finish(report.Id, TwoSuspected);
        Assert.Single(await Raised(system));
    }

    [Fact]
    public async Task A_daily_report_without_suspected_cases_raises_nothing()
    {
        await using var system = await TestSystem.Start(database);
        var report = (await system.Tasks(task => task.Duty == "lanxi.all-units.daily-report" && task.LeadUnit == "central-school")).Single();

        await system.Finish(report.Id, NoneSuspected);

        Assert.Empty(await Raised(system));
    }

    [Fact]
    public async Task A_suspected_case_in_the_district_starts_work_at_health_police_and_government_office()
    {
        await using var system = await TestSystem.Start(database);

        var raised = await system.Send(new RaiseEvent.Command(null, "suspected-case", null, "发热返乡人员", null), People.Liaison("education"));

        var started = await StartedBy(system, raised.Id);
        Assert.Superset(new HashSet<string> { "health", "public-security", "gov-office" }, started.Select(task => task.LeadUnit).ToHashSet());
        Assert.Equal(raised.TaskIds.Order(), started.Select(task => task.Id).Order());
        Assert.All(started, task => Assert.Equal((TaskState.PendingAck, "event"), (task.State, task.Kind)));
    }

    [Fact]
    public async Task Acting_first_is_followed_by_filing_counted_from_the_closing()
    {
        await using var system = await TestSystem.Start(database);
        var (act, raised) = await ActFirst(system);
        system.Pass(TimeSpan.FromHours(5));

        await system.Finish(act.Id);

        var file = Assert.Single(await system.Tasks(task => task.Run == act.Run && task.Id != act.Id));
        Assert.Equal(("file", act.LeadUnit, TaskState.PendingAck), (file.Step, file.LeadUnit, file.State));
        Assert.Equal(system.Clock.Now.AddDays(7), file.DueAt);
        Assert.Equal(("event", raised.ToString()), (file.SourceKind, file.SourceReference));
        await system.Finish(file.Id);
        Assert.Equal(2, (await system.Tasks(task => task.Run == act.Run)).Count);
    }

    [Fact]
    public async Task A_terminated_run_does_not_go_on()
    {
        await using var system = await TestSystem.Start(database);
        var (act, _) = await ActFirst(system);

        await system.Terminate(act.Id);

        Assert.Single(await system.Tasks(task => task.Run == act.Run));
    }

    [Fact]
    public async Task What_is_finished_after_its_plan_has_ended_starts_nothing()
    {
        await using var system = await TestSystem.Start(database);
        var (act, _) = await ActFirst(system);
        await system.Acknowledge(act.Id);
        await Confirmed(system, act.Id);
        await system.Submit(act.Id);
        await system.Sign(act.Id);
        await system.Send(new EndPlan.Command(act.Plan!, "解除响应"), People.Leader);

        Assert.Equal(TaskState.Closed, (await system.Approve(act.Id)).State);

        Assert.Single(await system.Tasks(task => task.Run == act.Run));
    }

    [Fact]
    public async Task A_fan_out_gives_each_unit_its_task_and_joins_when_the_last_has_ended()
    {
        await using var system = await TestSystem.Start(database);
        var checks = await SelfChecks(system);
        var (run, units) = (checks[0].Run, checks.Select(task => task.LeadUnit).ToList());
        Assert.Equal(Shipped.Set.UnitsOf("taiping").Where(unit => unit.Classes.Contains("all-units")).Select(unit => unit.Id).Order(), units.Order());

        await NotApplicable(system, checks[0].Id);
        foreach (var check in checks.Skip(1).SkipLast(1))
        {
            await system.Finish(check.Id);
        }

        Assert.Equal(checks.Count, (await system.Tasks(task => task.Run == run)).Count);
        await system.Finish(checks[^1].Id);

        var summary = Assert.Single(await system.Tasks(task => task.Run == run && task.Step == "summary"));
        Assert.Equal("leading-group-office", summary.LeadUnit);
    }

    [Fact]
    public async Task A_fan_out_whose_tasks_end_together_joins_once()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(new SetAssumptions.Command("taiping.gov-office.daily-summary", [new("enabled", "true")]), People.Office);
        system.Clock.Now = new DateTimeOffset(2020, 1, 24, 8, 0, 0, TimeSpan.FromHours(8));
        await system.RunDue();
        var returns = await system.Tasks(task => task.Duty == "taiping.gov-office.daily-summary" && task.Step == "return");
        Assert.True(returns.Count >= 20);

        system.Clock.Now = new DateTimeOffset(2020, 1, 25, 8, 0, 0, TimeSpan.FromHours(8));
        await system.RunDue();

        Assert.All(await system.Tasks(task => task.Run == returns[0].Run && task.Step == "return"), task => Assert.Equal(TaskState.Missed, task.State));
        Assert.Single(await system.Tasks(task => task.Run == returns[0].Run && task.Step == "summary"));
        Assert.Null(system.Services.GetRequiredService<SweepHealth>().LastError);
    }

    /// <summary>拨付资金: act first, file afterwards.</summary>
    /// <summary>One task for each unit, and a summary when all have ended.</summary>
    protected static async Task<List<TaskInstance>> SelfChecks(TestSystem system)
    {
        var raised = await system.Send(new RaiseEvent.Command(null, "inspection-called", null, "督查", null), People.Office);
        return (await StartedBy(system, raised.Id)).FindAll(task => task.Step == "self-check");
    }

    protected static Task<App.TaskInstances.TaskView> NotApplicable(TestSystem system, Guid task) =>
        system.Send(new App.TaskInstances.MarkNotApplicable.Command(task, null, "无此情况"), People.Office);

    private static async Task<(TaskInstance Act, Guid Raised)> ActFirst(TestSystem system)
    {
        var raised = await system.Send(new RaiseEvent.Command(null, "funds-need", null, "采购口罩", null), People.Liaison("health"));
        return ((await StartedBy(system, raised.Id)).Single(task => task.Step == "act"), raised.Id);
    }

    private static async Task Confirmed(TestSystem system, Guid task)
    {
        foreach (var joint in (await system.TaskOf(task)).CoUnits.Where(co => co.MustConfirm))
        {
            await system.Send(new App.TaskInstances.ConfirmTask.Command(task, null, null), People.Liaison(joint.Unit));
        }
    }

    private static Task<List<RaisedEvent>> Raised(TestSystem system) => system.Read(db => db.RaisedEvents.ToListAsync());

    private static Task<List<TaskInstance>> StartedBy(TestSystem system, Guid raised) => system.Tasks(task => task.SourceReference == raised.ToString() && task.SourceKind == "event");
}
