using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Plans;

public sealed class DerivingOnSqlite() : DerivingSuite(new SqliteDatabase());

public sealed class DerivingOnPostgres() : DerivingSuite(new PostgresDatabase());

/// <summary>太平区's plan becomes 水泉镇's, and its tasks are passed down there.</summary>
public abstract class DerivingSuite(ITestDatabase database)
{
    private const string Taiping = "taiping-2020-3", Calls = "taiping.all-units.student-phone-calls", Registration = "taiping.all-units.returnee-registration";

    private static readonly Actor Mayor = People.Head("shuiquan-town"), Town = People.Liaison("shuiquan-town");

    internal static readonly DerivePlan.Command Derive = new(
        Taiping, "shuiquan-town", new DerivePlan.Area("shuiquan", "水泉镇", "Shuiquan Town", "水泉"), "水泉镇疫情防控工作方案", "水政〔2020〕1号", new DateOnly(2020, 1, 23),
        [new("health-station", "水泉镇卫生院"), new("school", "水泉镇中心校")],
        [new(Calls, "school"), new(Registration, "town-government"), new("taiping.education.absence-checks", "school"), new(Registration, "health-station")], null);

    [Fact]
    public async Task A_town_makes_a_plan_of_its_own_whose_every_quotation_stands_in_its_text()
    {
        await using var system = await TestSystem.Start(database);

        var made = await system.Send(Derive, Mayor);

        Assert.Equal((PlanStatus.Draft, "shuiquan", Taiping, "水政〔2020〕1号"), (made.Plan.Status, made.Plan.Jurisdiction, made.Plan.ParentPlan, made.Plan.Number));
        var text = await system.Send(new GetPlanDocument.Query(made.Plan.Id), People.OfficeOf("shuiquan"));
        Assert.Contains("参照《太平区新型冠状病毒感染的肺炎疫情联防联控工作方案》(阜太政办发〔2020〕3号)", text, StringComparison.Ordinal);
        var duties = (await system.Send(new ListDuties.Query(null, null, null, made.Plan.Id, Paging.First), People.OfficeOf("shuiquan"))).Items;
        Assert.Equal(4, duties.Count);
        Assert.All(duties, duty => Assert.Equal(duty.Clause.Quote, text[duty.Clause.Start..duty.Clause.End]));
        Assert.All(duties, duty => Assert.Contains(duty.Assumptions, assumption => assumption.Field == "clause" && assumption.Why.Contains(duty.DerivedFrom!, StringComparison.Ordinal)));
        Assert.All(duties, duty => Assert.Equal(duty.Assumptions.Count, duty.Assumptions.Select(assumption => assumption.Field).Distinct().Count()));

        var (copy, original) = (duties.Single(duty => duty.DerivedFrom == Calls), Shipped.Set.Duty(Calls)!);
        Assert.Equal(("shuiquan.school.student-phone-calls", original.Schedule, original.Process), (copy.Id, copy.Schedule, copy.Workflow));
        Assert.Equal(original.With["register"], copy.With["register"]);
        Assert.Equal((original.Register!.Name, original.Register.Daily), (copy.Register!.Name, copy.Register.Daily));
        Assert.Equal(original.Register.Columns, copy.Register.Columns);
        Assert.Equal(original.Register.Results, copy.Register.Results);
        Assert.Equal(["school"], copy.LeadUnits);
        var coverage = await system.Send(new GetCoverage.Query(made.Plan.Id), People.OfficeOf("shuiquan"));
        Assert.Empty(coverage.Uncovered);
        Assert.Empty(coverage.DutiesWithoutClause);
    }

    [Fact]
    public async Task Partners_that_the_area_does_not_have_are_left_out_and_said_so()
    {
        await using var system = await TestSystem.Start(database);
        var original = Shipped.Set.Duty("taiping.education.absence-checks")!;
        Assert.NotEmpty(original.CoOwners);

        await system.Send(Derive, Mayor);

        var copy = await system.Send(new GetDuty.Query("shuiquan.school.absence-checks"), People.OfficeOf("shuiquan"));
        Assert.Empty(copy.CoOwners);
        Assert.Contains(copy.Assumptions, assumption => assumption.Field == "coOwners" && assumption.Why.Contains("区卫健局", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_area_lacks_of_a_dutys_parameters_is_mapped_or_left_out_and_said_so()
    {
        await using var system = await TestSystem.Start(database);
        const string summary = "taiping.gov-office.daily-summary", round = "taiping.leading-group-office.inspection-round";
        Assert.True(Shipped.Set.Duty(summary)!.With.ContainsKey("authoritative"));

        await system.Send(Derive with { Duties = [new(summary, "town-government"), new(round, "leading-group-office")] }, Mayor);

        var office = People.OfficeOf("shuiquan");
        var copy = await system.Send(new GetDuty.Query("shuiquan.town-government.daily-summary"), office);
        Assert.False(copy.With.ContainsKey("authoritative") || copy.With.ContainsKey("authoritativeFields"));
        Assert.DoesNotContain(copy.Assumptions, one => one.Field.StartsWith("with.authoritative", StringComparison.Ordinal));
        Assert.Contains("区卫健局", Assert.Single(copy.Assumptions, one => one.Field == "process").Why, StringComparison.Ordinal);
        Assert.Equal(["all-units"], copy.With["class"]);
        Assert.Equal(["all-units"], (await system.Send(new GetDuty.Query("shuiquan.leading-group-office.inspection-round"), office)).With["class"]);
        var units = await system.Send(new ListUnits.Query("shuiquan"), office);
        Assert.Equal(["health-station", "school"], units.Where(unit => unit.Classes.Contains("all-units")).Select(unit => unit.Id));
    }

    [Fact]
    public async Task Every_duty_of_the_plan_above_can_be_taken_over()
    {
        await using var system = await TestSystem.Start(database);
        var all = Shipped.Set.DutiesOf(Taiping);
        Assert.True(all.Count > 99);

        var made = await system.Send(Derive with { Duties = [.. all.Select(duty => new DerivePlan.Taken(duty.Id, "school"))] }, Mayor);

        Assert.Equal(all.Count, made.Duties.Count);
        Assert.Empty((await system.Send(new GetPlanGaps.Query(made.Plan.Id), Mayor)).LeftOut);
        Assert.Empty((await system.Send(new GetCoverage.Query(made.Plan.Id), People.OfficeOf("shuiquan"))).Uncovered);
    }

    [Fact]
    public async Task A_fault_names_the_duty_that_was_taken_over()
    {
        await using var system = await TestSystem.Start(database);

        var broken = await Assert.ThrowsAsync<DefinitionException>(() => system.Send(Derive with { Duties = [new(Registration, "school"), new(Calls, "school")], Text = $"一、职责\n{Shipped.Set.Duty(Registration)!.Clause.Quote}\n" }, Mayor));

        Assert.All(broken.Problems, problem => Assert.Equal(Calls, problem.Duty));
        var unknown = await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => system.Send(Derive with { Duties = [new(Calls, "nobody")] }, Mayor));
        Assert.Contains(Calls, Assert.Single(unknown.Errors).AttemptedValue.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_names_those_made_from_it_and_the_one_it_was_made_from()
    {
        await using var system = await TestSystem.Start(database);
        var made = (await system.Send(Derive, Mayor)).Plan;

        Assert.Equal([new RelatedPlan(made.Id, made.Title, PlanStatus.Draft)], (await system.Send(new GetPlan.Query(Taiping), People.Office)).DerivedPlans);
        Assert.Empty((await system.Send(new GetPlan.Query(Taiping), People.Liaison("education"))).DerivedPlans);
        await system.Send(new EndPlan.Command(Taiping, "解除响应"), People.Leader);

        var below = await system.Send(new GetPlan.Query(made.Id), People.OfficeOf("shuiquan"));
        Assert.Equal((Taiping, PlanStatus.Ended), (below.DerivedFrom!.Id, below.DerivedFrom.Status));
        Assert.Equal(below.DerivedFrom, Assert.Single(await system.Send(new ListPlans.Query(), People.OfficeOf("shuiquan"))).DerivedFrom);
    }

    [Fact]
    public async Task A_task_below_is_told_of_the_end_of_the_one_above_and_goes_on()
    {
        await using var system = await TestSystem.Start(database);
        var (task, child) = await Passed(system);

        await system.Send(new EndPlan.Command(Taiping, "解除响应"), People.Leader);

        var told = await system.TaskOf(child);
        Assert.Equal((TaskState.PendingAck, TaskState.Terminated), (told.State, told.ParentTask!.EndedAs));
        Assert.Contains("解除响应", Assert.IsType<AboveEnded>((await system.Events(child))[^1]).Text, StringComparison.Ordinal);
        Assert.Equal(TaskState.Terminated, (await system.TaskOf(task)).State);
        await system.Finish(child);
        Assert.True((await system.Send(new App.Audit.VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task A_suspected_case_of_the_area_is_raised_above_too_and_once()
    {
        await using var system = await TestSystem.Start(database);
        var made = await system.Send(Derive, Mayor);
        var raise = new RaiseEvent.Command(null, "suspected-case", null, "一例发热", null);
        await system.Send(raise, People.Liaison("school", "shuiquan"));
        Assert.Equal(["shuiquan"], await system.Read(db => db.RaisedEvents.Select(one => one.Jurisdiction).ToListAsync()));
        await system.Send(new ActivatePlan.Command(made.Plan.Id, null), People.OfficeOf("shuiquan"));

        var raised = await system.Send(raise, People.Liaison("school", "shuiquan"));

        Assert.Equal(0, await system.Read(db => db.Tasks.CountAsync(task => task.Jurisdiction == "taiping" && raised.TaskIds.Contains(task.Id))));
        var above = await system.Read(db => db.RaisedEvents.SingleAsync(one => one.Jurisdiction == "taiping"));
        Assert.Equal(("shuiquan-town", "水泉镇：一例发热", $"below|{raised.Id}"), (above.RaisedByUnit, above.Summary, above.RaisedByStep));
        var seen = await system.Send(new GetEvent.Query(above.Id), People.Office);
        Assert.Equal((true, false), (seen.FromBelow, seen.ByProcess));
        Assert.Superset(new HashSet<string> { "health", "public-security", "gov-office" }, seen.Units.ToHashSet());
        await system.Send(new RaiseEvent.Command(null, "rumour", null, "谣言", null), People.Liaison("school", "shuiquan"));
        Assert.Single(await system.Read(db => db.RaisedEvents.Where(one => one.Jurisdiction == "taiping").ToListAsync()));
        Assert.True((await system.Send(new App.Audit.VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task Partners_that_the_area_has_are_kept()
    {
        await using var system = await TestSystem.Start(database);

        await system.Send(Derive with { Units = [.. Derive.Units, new("health", "水泉镇防保站")] }, People.Office);

        Assert.Equal(["health"], (await system.Send(new GetDuty.Query("shuiquan.school.absence-checks"), People.OfficeOf("shuiquan"))).CoOwners.Select(co => co.Unit));
    }

    [Fact]
    public async Task The_gap_report_says_what_was_taken_over_and_what_the_town_leaves_out()
    {
        await using var system = await TestSystem.Start(database);
        var made = await system.Send(Derive, Mayor);
        const string own = """
            plan: PLAN
            duties:
              - id: shuiquan.extra.watch
                title: 自有职责
                english: A duty of its own
                units: { ids: [school] }
                clause: { section: SECTION, quote: "QUOTE" }
                kind: oneOff
                process: single-task
            """;
        var duty = (await system.Send(new ListDuties.Query(null, null, null, made.Plan.Id, Paging.First), People.OfficeOf("shuiquan"))).Items[0];
        await system.Send(
            new PublishWorkflow.Command("shuiquan.extra", own.Replace("PLAN", made.Plan.Id).Replace("SECTION", duty.Clause.Section).Replace("QUOTE", duty.Clause.Quote)),
            People.OfficeOf("shuiquan"));

        foreach (var reader in new[] { People.OfficeOf("shuiquan"), People.Office, Mayor })
        {
            var gaps = await system.Send(new GetPlanGaps.Query(made.Plan.Id), reader);
            Assert.Equal(("taiping", Taiping), (gaps.Parent, gaps.ParentPlan));
            Assert.Equal(2, gaps.Mapped.Single(one => one.ParentDuty == Registration).Duties.Count);
            Assert.Equal(3, gaps.Mapped.Count);
            Assert.Equal(Shipped.Set.DutiesOf(Taiping).Count - 3, gaps.LeftOut.Count);
            Assert.True(gaps.LeftOut.Single(one => one.ParentDuty == "taiping.all-units.key-area-returnees").ConcernsUnit);
            Assert.False(gaps.LeftOut.Single(one => one.ParentDuty == "taiping.leading-group.situation").ConcernsUnit);
            Assert.Equal(["shuiquan.extra.watch"], gaps.Own.Select(one => one.Id));
        }

        foreach (var stranger in new[] { People.Liaison("education"), People.OfficeOf("lanxi"), People.Head("hongshu-street") })
        {
            await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new GetPlanGaps.Query(made.Plan.Id), stranger));
        }
    }

    [Fact]
    public async Task All_of_it_is_there_after_a_restart_and_new_shipped_definitions()
    {
        await using var system = await TestSystem.Start(database);
        var made = await system.Send(Derive, Mayor);
        await system.Send(new ActivatePlan.Command(made.Plan.Id, null), People.OfficeOf("shuiquan"));
        var tasks = await system.Tasks(task => task.Jurisdiction == "shuiquan");
        Assert.NotEmpty(tasks);
        await system.Tamper($"UPDATE definitions SET sha256 = 'older' WHERE id = 'taiping.all-units' OR id = 'seed.taiping'");

        await using var again = await system.Restart();

        Assert.Equal(4, (await again.Send(new GetPlanGaps.Query(made.Plan.Id), Mayor)).Mapped.Sum(one => one.Duties.Count));
        Assert.Equal(["leading-group", "leading-group-office", "town-government", "health-station", "school"],
            (await again.Send(new ListUnits.Query("shuiquan"), People.OfficeOf("shuiquan"))).Select(unit => unit.Id));
        again.Pass(TimeSpan.FromDays(1));
        await again.RunDue();
        Assert.Single(await again.Tasks(task => task.Duty == "shuiquan.school.student-phone-calls" && task.Occurrence == "2020-01-24"));
        Assert.True((await again.Send(new App.Audit.VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task A_text_of_its_own_must_hold_every_sentence_taken_over()
    {
        await using var system = await TestSystem.Start(database);
        var quote = Shipped.Set.Duty(Calls)!.Clause.Quote;

        await Assert.ThrowsAsync<DefinitionException>(() => system.Send(Derive with { Duties = [new(Calls, "school")], Text = "一、职责\n学校自行安排。\n" }, Mayor));
        Assert.Empty(await system.Send(new ListDerivedPlans.Query(Taiping), People.Office));

        var made = await system.Send(Derive with { Duties = [new(Calls, "school")], Text = $"一、职责\n中心校:{quote}。\n二、其他\n另行通知。\n" }, Mayor);
        Assert.Equal("一、职责", (await system.Send(new GetDuty.Query(made.Duties[0]), People.OfficeOf("shuiquan"))).Clause.Section);
        Assert.Equal([made.Plan.Id], (await system.Send(new ListDerivedPlans.Query(Taiping), People.Office)).Select(plan => plan.Plan));
    }

    [Fact]
    public async Task It_is_made_by_the_office_or_the_towns_head_for_a_town_once()
    {
        await using var system = await TestSystem.Start(database);

        Assert.Equal("plan.not-allowed", await Code(system, Derive, Town));
        Assert.Equal("plan.not-allowed", await Code(system, Derive, People.Head("hongshu-street")));
        Assert.Equal("plan.not-allowed", await Code(system, Derive, People.Leader));
        Assert.Equal("plan.not-a-town", await Code(system, Derive with { Unit = "education" }, People.Office));
        Assert.Equal("jurisdiction.taken", await Code(system, Derive with { Jurisdiction = Derive.Jurisdiction with { Id = "lanxi" } }, People.Office));
        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(Derive, People.OfficeOf("lanxi")));
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => system.Send(Derive with { Duties = [new("lanxi.all-units.carry-out-plan", "school")] }, Mayor));
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => system.Send(Derive with { Duties = [new(Calls, "nobody")] }, Mayor));

        await system.Send(Derive, People.Office);
        Assert.Equal("plan.derived-before", await Code(system, Derive with { Jurisdiction = Derive.Jurisdiction with { Id = "shuiquan-2" } }, People.Office));
        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new ListUnits.Query("shuiquan"), People.Office));
        Assert.Equal(["taiping"], (await system.Send(new ListJurisdictions.Query(), People.Office)).Select(place => place.Id));
    }

    [Fact]
    public async Task A_task_passed_down_is_done_below_and_its_end_comes_back_up()
    {
        await using var system = await TestSystem.Start(database);
        var made = await system.Send(Derive, Mayor);
        var task = (await system.Tasks(task => task.Duty == Registration && task.LeadUnit == "shuiquan-town")).Single();
        await system.Acknowledge(task.Id);
        Assert.Equal("task.no-plan-below", await Code(system, new PassDownTask.Command(task.Id, null, null, null), Town));
        await system.Send(new ActivatePlan.Command(made.Plan.Id, null), People.OfficeOf("shuiquan"));

        var view = await system.Send(new PassDownTask.Command(task.Id, null, null, "请各村落实"), Town);

        var below = Assert.Single(view.PassedDown);
        Assert.Equal(("shuiquan", TaskState.PendingAck, task.DueAt), (below.Jurisdiction, below.State, below.DueAt));
        var child = await system.TaskOf(below.Id);
        Assert.Equal(("leading-group-office", task.Number, "passedDown"), (child.LeadUnit, child.SourceReference, child.SourceKind));
        Assert.Contains(Shipped.Set.Duty(Registration)!.Clause.Quote, child.Description, StringComparison.Ordinal);
        Assert.Equal(new TaskAbove(task.Id, task.Number, "taiping"), child.ParentTask);
        Assert.Equal("task.passed-down-before", await Code(system, new PassDownTask.Command(task.Id, null, null, null), Town));
        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new GetTask.Query(child.Id), Town));
        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new GetTask.Query(task.Id), People.OfficeOf("shuiquan")));

        await system.Send(new ReassignTask.Command(child.Id, null, "health-station", null, "由卫生院办理", null, null), People.OfficeOf("shuiquan"));
        await system.Finish(child.Id);

        var above = await system.Send(new GetTask.Query(task.Id), Town);
        Assert.Equal((TaskState.InProgress, TaskState.Closed, "水泉镇卫生院", Outcome.Done), (above.State, above.PassedDown[0].State, above.PassedDown[0].UnitName, above.PassedDown[0].Outcome));
        Assert.NotNull(above.PassedDown[0].ClosedAt);
        var heard = Assert.IsType<Progressed>((await system.Events(task.Id))[^1]);
        Assert.Contains(child.Number, heard.Text, StringComparison.Ordinal);
        Assert.Contains("已办结", heard.Text, StringComparison.Ordinal);
        Assert.True((await system.Send(new App.Audit.VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task A_unit_without_an_area_has_nothing_to_pass_down_to()
    {
        await using var system = await TestSystem.Start(database);
        var task = (await system.Tasks(task => task.Duty == Registration && task.LeadUnit == "hongshu-street")).Single();
        await system.Acknowledge(task.Id);

        Assert.Equal("task.nothing-below", await Code(system, new PassDownTask.Command(task.Id, null, null, null), People.Liaison("hongshu-street")));
        Assert.DoesNotContain("pass-down", (await system.Send(new GetTask.Query(task.Id), People.Liaison("hongshu-street"))).AllowedActions);
    }

    [Fact]
    public async Task The_end_of_the_plan_above_leaves_the_area_to_its_own_office()
    {
        await using var system = await TestSystem.Start(database);
        var made = await system.Send(Derive, Mayor);
        await system.Send(new ActivatePlan.Command(made.Plan.Id, null), People.OfficeOf("shuiquan"));
        var before = await system.Tasks(task => task.Jurisdiction == "shuiquan");

        await system.Send(new EndPlan.Command(Taiping, "解除响应"), People.Leader);

        Assert.Equal(before.Select(task => task.State), (await system.Tasks(task => task.Jurisdiction == "shuiquan")).Select(task => task.State));
        Assert.Equal(PlanStatus.Active, await system.Read(db => db.Plans.Where(plan => plan.Id == made.Plan.Id).Select(plan => plan.Status).SingleAsync()));
    }

    /// <returns>The town's task and the one below it.</returns>
    private static async Task<(Guid Task, Guid Child)> Passed(TestSystem system)
    {
        var made = await system.Send(Derive, Mayor);
        await system.Send(new ActivatePlan.Command(made.Plan.Id, null), People.OfficeOf("shuiquan"));
        var task = (await system.Tasks(task => task.Duty == Registration && task.LeadUnit == "shuiquan-town")).Single();
        await system.Acknowledge(task.Id);
        return (task.Id, (await system.Send(new PassDownTask.Command(task.Id, null, null, null), Town)).PassedDown[0].Id);
    }

    private static async Task<string> Code<T>(TestSystem system, MediatR.IRequest<T> command, Actor actor) =>
        (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(command, actor))).Code;
}
