using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Plans;

public sealed class ResponseOnSqlite() : ResponseSuite(new SqliteDatabase());

public sealed class ResponseOnPostgres() : ResponseSuite(new PostgresDatabase());

public abstract class ResponseSuite(ITestDatabase database)
{
    /// <summary>Of every unit of 兰溪镇, daily from 08:00, due 17:00.</summary>
    private const string Report = "lanxi.all-units.daily-report";

    private const string Taiping = "taiping-2020-3", Lanxi = "lanxi-2020";

    /// <summary>A daily and a standing duty of the towns and streets.</summary>
    private const string Daily = "taiping.all-units.student-phone-calls", Standing = "taiping.all-units.returnee-registration";

    [Fact]
    public async Task A_level_stops_what_is_not_of_it_and_starts_what_was_not_of_the_one_before()
    {
        await using var system = await TestSystem.Start(database);
        await Levels(system, Daily, "1,2");
        await Levels(system, Standing, "1,2");

        await system.Send(new AdjustResponse.Command(Taiping, 3, "形势缓和", "第1号令"), People.Leader);

        Assert.All(await Of(system, Daily), task => Assert.Equal(TaskState.Terminated, task.State));
        Assert.All(await Of(system, Standing), task => Assert.Equal(TaskState.Terminated, task.State));
        Assert.All(await Of(system, Daily), task => Assert.Null(task.OverdueSince));
        Assert.Equal(3, (await system.Send(new GetPlan.Query(Taiping), People.Office)).Level);
        system.Pass(TimeSpan.FromDays(9));
        await system.RunDue();
        Assert.Single((await Of(system, Daily)).Select(task => task.Occurrence).Distinct());
        Assert.All(await Of(system, Standing), task => Assert.Equal("2020-01-23", task.Occurrence![..10]));

        await system.Send(new AdjustResponse.Command(Taiping, 2, "形势加重", null), People.Office);
        Assert.Equal((await Of(system, Standing)).Count, (await Of(system, Standing)).Select(task => task.LeadUnit).Distinct().Count());
        system.Pass(TimeSpan.FromDays(1));
        await system.RunDue();
        Assert.Equal(["2020-01-23", "2020-02-01", "2020-02-02"], (await Of(system, Daily)).Select(task => task.Occurrence).Distinct().Order());
    }

    [Fact]
    public async Task A_level_that_comes_back_on_the_same_day_asks_again_for_the_reports_it_had_ended()
    {
        await using var system = await TestSystem.Start(database);
        await Levels(system, Report, "1,2", "lanxi");
        var before = await Of(system, Report);
        var filed = await system.Finish(before.Single(task => task.LeadUnit == "fishery").Id, """{"underObservation":2}""");

        await Adjust(system, 3);
        await Adjust(system, 2);

        var again = (await Of(system, Report)).Where(task => task.State != TaskState.Terminated).ToList();
        Assert.Equal(before.Select(task => task.LeadUnit).Order(), again.Select(task => task.LeadUnit).Order());
        Assert.All(again.Where(task => task.Id != filed.Id), task => Assert.Equal(("2020-01-23#again-1", before[0].DueAt), (task.Occurrence, task.DueAt)));
        var day = await system.Send(new GetDailyReport.Query("lanxi", null, null), People.OfficeOf("lanxi"));
        Assert.Equal(again.Select(task => task.Id).Order(), day.Units.Select(unit => unit.TaskId).Order());
        Assert.Equal((1, 2L), (day.Received, day.Totals["underObservation"]));

        await Adjust(system, 3);
        await Adjust(system, 1);

        var third = (await Of(system, Report)).Where(task => task.State != TaskState.Terminated).ToList();
        Assert.Equal([null, .. Enumerable.Repeat("2020-01-23#again-2", before.Count - 1)], third.Select(task => task.Id == filed.Id ? null : task.Occurrence).Order());
    }

    [Fact]
    public async Task What_the_office_has_paused_is_not_asked_for_again()
    {
        await using var system = await TestSystem.Start(database);
        await Levels(system, Report, "1,2", "lanxi");
        await system.Send(new ChangeSchedule.Command(Report, "pause"), People.OfficeOf("lanxi"));

        await Adjust(system, 3);
        await Adjust(system, 2);

        Assert.All(await Of(system, Report), task => Assert.Equal(TaskState.Terminated, task.State));
    }

    [Fact]
    public async Task The_checklists_of_the_day_are_those_that_live()
    {
        await using var system = await TestSystem.Start(database);
        var checklist = (await Checklists(system))[0];
        await Levels(system, checklist.Duty, "1,2", "lanxi");

        await Adjust(system, 3);
        await Adjust(system, 2);

        var now = Assert.Single(await Checklists(system), list => list.Duty == checklist.Duty && list.Unit == checklist.Unit);
        Assert.NotEqual((checklist.TaskId, TaskState.Terminated), (now.TaskId, now.State));
    }

    [Fact]
    public async Task A_duty_that_begins_with_a_level_has_its_first_tasks_once_for_an_activation()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        await Levels(system, OneOffDuty, "1");
        await system.Send(new ActivatePlan.Command(Taiping, null, 2), People.Office);
        Assert.Empty(await Of(system, OneOffDuty));

        await system.Send(new AdjustResponse.Command(Taiping, 1, "升级", null), People.Office);
        var first = await Of(system, OneOffDuty);
        Assert.NotEmpty(first);
        Assert.All(first, task => Assert.Equal(TaskState.PendingAck, task.State));

        system.Pass(TimeSpan.FromDays(1));
        await system.Send(new AdjustResponse.Command(Taiping, 2, "降级", null), People.Office);
        system.Pass(TimeSpan.FromDays(1));
        await system.Send(new AdjustResponse.Command(Taiping, 1, "再升级", null), People.Office);

        Assert.Equal(first.Select(task => task.Id).Order(), (await Of(system, OneOffDuty)).Select(task => task.Id).Order());
        Assert.All(await Of(system, OneOffDuty), task => Assert.Equal(TaskState.Terminated, task.State));
    }

    [Fact]
    public async Task What_lies_with_a_head_or_the_office_is_finished_although_its_duty_stops()
    {
        await using var system = await TestSystem.Start(database);
        await Levels(system, OneOffDuty, "1");
        var task = (await Of(system, OneOffDuty))[0];
        await system.Acknowledge(task.Id);
        var before = (await system.Submit(task.Id)).State;
        Assert.Contains(before, new[] { TaskState.PendingSignOff, TaskState.PendingReview });

        await system.Send(new AdjustResponse.Command(Taiping, 2, "降级", null), People.Office);

        Assert.Equal(before, (await system.TaskOf(task.Id)).State);
        Assert.Equal(TaskState.Closed, (await system.Finish(task.Id)).State);
        Assert.All((await Of(system, OneOffDuty)).Where(other => other.Id != task.Id), other => Assert.Equal(TaskState.Terminated, other.State));
    }

    [Fact]
    public async Task Every_change_is_a_row_and_an_entry_and_another_level_raises_the_event_of_the_catalogue()
    {
        await using var system = await TestSystem.Start(database);
        await Levels(system, Daily, "1");

        await system.Send(new AdjustResponse.Command(Taiping, 4, "形势缓和", "第2号令"), People.Leader);
        await system.Send(new EndPlan.Command(Taiping, "疫情结束"), People.Leader);

        var changes = await system.Send(new ListResponseChanges.Query(Taiping), People.Inspector);
        Assert.Equal([ResponseChangeKind.Start, ResponseChangeKind.Adjust, ResponseChangeKind.End], changes.Select(change => change.Kind));
        Assert.Equal((null, 4, "形势缓和", "第2号令", "leader"), (changes[1].FromLevel, changes[1].ToLevel, changes[1].Reason, changes[1].Reference, changes[1].By));
        Assert.Equal([Daily], changes[1].DutiesStopped);
        Assert.Equal((4, null), (changes[2].FromLevel, changes[2].ToLevel));
        Assert.True(changes[2].Terminated > 50);
        Assert.Equal(["activate-plan", "adjust-plan", "end-plan"], await system.Read(db => db.Audit
            .Where(entry => entry.Jurisdiction == "taiping" && entry.Action.EndsWith("-plan")).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync()));

        var raised = await system.Read(db => db.RaisedEvents.SingleAsync());
        Assert.Equal(("response-changed", "taiping"), (raised.Kind, raised.Jurisdiction));
        Assert.Equal("""{"decision":"未分级 → 四级","basis":"第2号令"}""", raised.Data);
        Assert.NotEmpty(await system.Tasks(task => task.Duty == "taiping.leading-group.control-strategy" && task.SourceReference == raised.Id.ToString()));
    }

    [Fact]
    public async Task A_change_that_is_none_is_refused_and_nothing_of_it_remains()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(new AdjustResponse.Command(Taiping, 2, "启动二级", null), People.Office);
        var (tasks, changes) = (await system.Read(db => db.Tasks.CountAsync()), await system.Read(db => db.ResponseChanges.CountAsync()));

        Assert.Equal("plan.same-level", await Code(system, new AdjustResponse.Command(Taiping, 2, "再次", null)));
        await system.Send(new EndPlan.Command(Taiping, "解除"), People.Leader);
        Assert.Equal("plan.wrong-status", await Code(system, new AdjustResponse.Command(Taiping, 1, "再次", null)));
        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new AdjustResponse.Command(Lanxi, 1, "r", null), People.Liaison("finance", "lanxi")));

        Assert.Equal(("plan.not-allowed", RuleKind.Forbidden), (refused.Code, refused.Kind));
        Assert.Equal((tasks, changes + 1), (await system.Read(db => db.Tasks.CountAsync()), await system.Read(db => db.ResponseChanges.CountAsync())));
    }

    [Fact]
    public async Task A_schedule_that_the_level_stopped_cannot_be_run_by_hand()
    {
        await using var system = await TestSystem.Start(database);
        await Levels(system, Daily, "1");
        await system.Send(new AdjustResponse.Command(Taiping, 2, "降级", null), People.Office);

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new ChangeSchedule.Command(Daily, "run-now"), People.Office));

        Assert.Equal("schedule.not-at-this-level", refused.Code);
    }

    [Fact]
    public async Task The_report_at_the_end_counts_every_task_once_and_lists_what_the_end_terminated()
    {
        await using var system = await TestSystem.Start(database);
        system.Pass(TimeSpan.FromDays(4));
        await system.RunDue();
        var school = (await system.Tasks(task => task.Plan == Taiping && task.LeadUnit == "justice" && task.State == TaskState.PendingAck))[0];
        await system.Finish(school.Id);
        await system.Send(new EndPlan.Command(Taiping, "解除响应"), People.Leader);

        var report = await system.Send(new GetEndReport.Query(Taiping, Paging.First), People.Inspector);
        var tasks = await system.Tasks(task => task.Plan == Taiping);

        Assert.Equal(Expected(tasks), report.Total);
        Assert.Equal(report.Total, report.ByKind.Values.Aggregate(GetEndReport.Figures.None, (sum, one) => sum + one));
        Assert.All(tasks.GroupBy(task => task.LeadUnit), unit => Assert.Equal(Expected(unit), report.ByUnit[unit.Key]));
        Assert.True(report.Total is { Overdue: > 0, Terminated: > 0, Missed: > 0, ClosedLate: > 0 });
        Assert.DoesNotContain(report.NeverCarriedOut, duty => duty.Id == school.Duty);
        Assert.Contains(report.NeverCarriedOut, duty => duty.Id == "taiping.leading-group.control-strategy" && duty.Issued == 0);
        Assert.Equal(tasks.Where(task => task.State == TaskState.Terminated).Select(task => task.Number), await Terminated(system));
    }

    [Fact]
    public async Task A_unit_reads_its_own_figures_and_what_was_ended_by_hand_is_not_the_ends()
    {
        await using var system = await TestSystem.Start(database);
        var byHand = (await system.Tasks(task => task.Plan == Taiping && task.LeadUnit == "justice"))[0];
        await system.Terminate(byHand.Id);
        await system.Send(new EndPlan.Command(Taiping, "解除响应"), People.Leader);

        var own = await system.Send(new GetEndReport.Query(Taiping, new Paging(null, 200)), People.Liaison("justice"));

        Assert.Equal(["justice"], own.ByUnit.Keys);
        Assert.All(own.Terminated.Items, task => Assert.Equal("justice", task.Unit));
        Assert.DoesNotContain(own.Terminated.Items, task => task.Id == byHand.Id);
        Assert.Equal(own.Total.Terminated - 1, own.Terminated.Items.Count);
        Assert.All(own.NeverCarriedOut, duty => Assert.Contains("justice", duty.LeadUnits));
    }

    [Fact]
    public async Task Phases_shift_with_the_activation_and_their_duties_begin_and_stop_by_themselves()
    {
        await using var system = await TestSystem.Start(database, exercise: true, activate: false);
        await system.Send(new ActivatePlan.Command(Lanxi, new DateOnly(2020, 1, 25)), People.OfficeOf("lanxi"));
        await system.Send(new AdvanceExercise.Command(null, new DateTimeOffset(2020, 1, 25, 10, 0, 0, TimeSpan.FromHours(8))), People.Office);

        var first = (await system.Send(new GetPlan.Query(Lanxi), People.OfficeOf("lanxi"))).Phases;
        Assert.Equal([("mobilisation", true), ("implementation", false)], first.Select(phase => (phase.Id, phase.Current)));
        Assert.Equal((new DateOnly(2020, 1, 25), new DateOnly(2020, 1, 26)), (first[0].Until!.Value, first[1].From!.Value));
        Assert.All(first, phase => Assert.Contains(phase.Quote, Shipped.Set.Plan(Lanxi)!.Document.Text, StringComparison.Ordinal));
        var later = Shipped.Set.Duties.Where(duty => duty is { Plan: Lanxi, Phase: "implementation" }).Select(duty => duty.Id).ToList();
        Assert.NotEmpty(later);
        Assert.Empty(await system.Tasks(task => later.Contains(task.Duty!)));

        await system.Send(new AdvanceExercise.Command(null, new DateTimeOffset(2020, 1, 26, 10, 0, 0, TimeSpan.FromHours(8))), People.Office);

        var second = (await system.Send(new GetPlan.Query(Lanxi), People.OfficeOf("lanxi"))).Phases;
        Assert.Equal([false, true], second.Select(phase => phase.Current));
        var begun = await system.Tasks(task => later.Contains(task.Duty!) && (task.Kind == "oneOff" || task.Kind == "standing"));
        Assert.NotEmpty(begun);
        Assert.All(begun, task => Assert.Equal(new DateTimeOffset(2020, 1, 26, 0, 0, 0, TimeSpan.FromHours(8)), task.IssuedAt));
    }

    [Fact]
    public async Task A_recurring_duty_of_a_phase_stops_with_it()
    {
        await using var system = await TestSystem.Start(database, exercise: true, activate: false);
        await system.Send(new ActivatePlan.Command(Lanxi, new DateOnly(2020, 1, 23)), People.OfficeOf("lanxi"));
        const string yaml = """
            plan: lanxi-2020
            duties:
              - id: lanxi.extra.rounds
                title: 宣传车巡回
                english: Loudspeaker rounds
                units: { ids: [finance] }
                clause: { section: 四(一)宣传发动, quote: 做好值班 }
                kind: recurring
                process: daily-checklist
                with: { items: [宣传] }
                schedule: { cron: "0 18 * * *", due: "20:00", basis: text }
                phase: mobilisation
            """;
        await system.Send(new App.Workflows.PublishWorkflow.Command("lanxi.extra", yaml), People.OfficeOf("lanxi"));

        await system.Send(new AdvanceExercise.Command("P3D", null), People.Office);

        Assert.Equal(["2020-01-23"], (await Of(system, "lanxi.extra.rounds")).Select(task => task.Occurrence));
    }

    [Fact]
    public async Task The_district_has_no_phases_for_its_text_has_none()
    {
        await using var system = await TestSystem.Start(database);

        Assert.Empty((await system.Send(new GetPlan.Query(Taiping), People.Office)).Phases);
    }

    private static string OneOffDuty => Shipped.Set.Duties.First(duty =>
        duty is { Plan: Taiping, Kind: Engine.Duties.DutyKind.OneOff, UnitClass: not null, Process: "single-task" } && duty.CoOwners.All(co => co.Role != "joint")).Id;

    private static Task Levels(TestSystem system, string duty, string levels, string jurisdiction = "taiping") =>
        system.Send(new SetAssumptions.Command(duty, [new SetAssumptions.NewValue("levels", levels)]), People.OfficeOf(jurisdiction));

    private static Task Adjust(TestSystem system, int level) =>
        system.Send(new AdjustResponse.Command(Lanxi, level, "形势变化", null), People.OfficeOf("lanxi"));

    private static async Task<IReadOnlyList<ChecklistView>> Checklists(TestSystem system) =>
        (await system.Send(new GetChecklists.Query("lanxi", null), People.OfficeOf("lanxi"))).Checklists;

    private static Task<List<TaskInstance>> Of(TestSystem system, string duty) => system.Tasks(task => task.Duty == duty);

    private static async Task<string> Code(TestSystem system, AdjustResponse.Command command) =>
        (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(command, People.Office))).Code;

    private static async Task<List<string>> Terminated(TestSystem system)
    {
        var numbers = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = (await system.Send(new GetEndReport.Query(Taiping, new Paging(cursor, 20)), People.Office)).Terminated;
            numbers.AddRange(page.Items.Select(task => task.Number));
            if ((cursor = page.NextCursor) is null)
            {
                return numbers;
            }
        }
    }

    /// <summary>Reckoned task by task.</summary>
    private static GetEndReport.Figures Expected(IEnumerable<TaskInstance> tasks)
    {
        var all = tasks.ToList();
        int In(TaskState state) => all.Count(task => task.State == state);
        TaskState[] unit = [TaskState.PendingAck, TaskState.InProgress, TaskState.Returned, TaskState.Suspended];
        return new GetEndReport.Figures(
            all.Count, all.Count(task => task.State == TaskState.Closed && task.OnTime != false), all.Count(task => task.State == TaskState.Closed && task.OnTime == false),
            In(TaskState.Missed), In(TaskState.NotApplicable), In(TaskState.Terminated), In(TaskState.PendingSignOff), In(TaskState.PendingReview),
            all.Count(task => unit.Contains(task.State)), all.Count(task => task.OverdueSince is not null), all.Count(task => task.AckBreachedAt is not null),
            all.Count(task => task.MissedAt is not null));
    }
}
