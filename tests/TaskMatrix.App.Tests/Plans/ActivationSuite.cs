using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Plans;

public sealed class ActivationOnSqlite() : ActivationSuite(new SqliteDatabase());

public sealed class ActivationOnPostgres() : ActivationSuite(new PostgresDatabase());

public abstract class ActivationSuite(ITestDatabase database)
{
    private const string Taiping = "taiping-2020-3", Lanxi = "lanxi-2020";

    [Fact]
    public async Task Both_plans_stand_with_their_units_and_duties()
    {
        await using var system = await TestSystem.Start(database);

        var units = await system.Read(db => db.Units.GroupBy(unit => unit.Jurisdiction).Select(group => new { group.Key, Count = group.Count() }).ToListAsync());
        Assert.InRange(units.Single(place => place.Key == "taiping").Count, 26, 40);
        Assert.InRange(units.Single(place => place.Key == "lanxi").Count, 22, 40);
        Assert.InRange(await system.Read(db => db.Duties.CountAsync()), 113, 240);
        Assert.All(await system.Read(db => db.Plans.ToListAsync()), plan => Assert.True(plan is { Status: PlanStatus.Active, Begun: true }));
    }

    [Fact]
    public async Task Every_one_off_and_standing_duty_has_exactly_one_task_for_each_of_its_units()
    {
        await using var system = await TestSystem.Start(database);
        var plans = await system.Read(db => db.Plans.ToDictionaryAsync(plan => plan.Id));

        var expected = Shipped.Set.Duties.Where(duty => duty.Enabled && duty.Kind is DutyKind.OneOff or DutyKind.Standing)
            .Where(duty => plans[duty.Plan].Phases.FirstOrDefault(phase => phase.Id == duty.Phase)?.FromDay is null or <= 0)
            .SelectMany(duty => duty.LeadUnits.Select(unit => $"{duty.Id} {unit}")).Order().ToList();
        var tasks = await system.Tasks(task => task.Kind == "oneOff" || task.Kind == "standing");

        Assert.Equal(expected, tasks.Select(task => $"{task.Duty} {task.LeadUnit}").Order());
        Assert.All(tasks, task => Assert.Equal(TaskState.PendingAck, task.State));
    }

    [Fact]
    public async Task The_occurrence_of_the_day_is_issued_where_its_due_time_is_still_ahead()
    {
        await using var morning = await TestSystem.Start(database);
        await using var evening = await TestSystem.Start(database, at: TestSystem.Morning.AddHours(7.5));

        string[] eight = [.. Daily(at: 8, _ => true)], late = [.. Daily(at: 8, due => due is "17:00")];
        Assert.NotEmpty(late);
        Assert.True(eight.Length > late.Length, "some are due at 15:00");
        Assert.Equal(eight, await Issued(morning));
        Assert.Equal(late, await Issued(evening));
    }

    [Fact]
    public async Task A_plan_ends_with_exactly_the_states_that_still_lie_with_the_units()
    {
        await using var system = await TestSystem.Start(database);
        var (moved, expected) = await OneInEachState(system);

        await system.Send(new EndPlan.Command(Taiping, "解除响应"), People.Leader);

        foreach (var (state, id) in moved)
        {
            Assert.Equal((state, expected[state]), (state, (await system.TaskOf(id)).State));
        }

        var left = await system.Tasks(task => task.Plan == Taiping);
        Assert.DoesNotContain(left, task => TaskStates.EndedWithPlan.Contains(task.State));
        Assert.NotEmpty(await system.Tasks(task => task.Plan == Lanxi && task.State == TaskState.PendingAck));
    }

    [Fact]
    public async Task A_plan_can_end_although_nobody_has_looked_at_the_clock_since_a_cut_off()
    {
        await using var system = await TestSystem.Start(database);
        system.Pass(TimeSpan.FromDays(2));

        await system.Send(new EndPlan.Command(Taiping, "解除响应"), People.Leader);

        var recurring = await system.Tasks(task => task.Plan == Taiping && task.Kind == "recurring");
        Assert.All(recurring, task => Assert.Equal(TaskState.Missed, task.State));
    }

    [Fact]
    public async Task An_ended_plan_stays_ended()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(new EndPlan.Command(Taiping, "解除响应"), People.Leader);
        var before = await system.Read(db => db.Tasks.CountAsync(task => task.Plan == Taiping));

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new ActivatePlan.Command(Taiping, null), People.Office));
        system.Pass(TimeSpan.FromDays(10));
        await system.RunDue();
        await using var again = await system.Restart();
        Assert.Equal(0, await again.Send(new ActivateSeeds.Command()));
        await again.RunDue();

        Assert.Equal("plan.wrong-status", refused.Code);
        Assert.Equal(before, await again.Read(db => db.Tasks.CountAsync(task => task.Plan == Taiping)));
        Assert.Equal(PlanStatus.Ended, await again.Read(db => db.Plans.Where(plan => plan.Id == Taiping).Select(plan => plan.Status).SingleAsync()));
    }

    [Fact]
    public async Task Starting_again_on_the_same_data_publishes_and_issues_nothing()
    {
        await using var system = await TestSystem.Start(database);
        var before = await Counts(system);

        await using var again = await system.Restart();
        await again.Send(new ActivateSeeds.Command());
        await again.RunDue();

        Assert.Equal(before, await Counts(again));
    }

    [Fact]
    public async Task A_plan_made_here_stays_a_draft_when_the_demo_starts_again()
    {
        await using var system = await TestSystem.Start(database);
        var made = await system.Send(new CreatePlan.Command(null, "防汛方案", null, new DateOnly(2020, 6, 1), "一、职责\n区应急局:组织巡查。\n"), People.Office);

        await using var again = await system.Restart();
        Assert.Equal(0, await again.Send(new ActivateSeeds.Command()));

        Assert.Equal(PlanStatus.Draft, await again.Read(db => db.Plans.Where(plan => plan.Id == made.Id).Select(plan => plan.Status).SingleAsync()));
    }

    [Fact]
    public async Task A_plan_activated_for_a_later_day_accounts_for_its_first_days_even_if_nothing_ran()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        await system.Send(new ActivatePlan.Command(Taiping, new DateOnly(2020, 1, 25)), People.Office);
        Assert.Empty(await system.Tasks(_ => true));

        system.Pass(TimeSpan.FromDays(4));
        await system.RunDue();

        var duty = Shipped.Set.Duties.First(duty => duty is { Kind: DutyKind.Recurring, Plan: Taiping, Enabled: true, Schedule.Cron: "0 8 * * *" });
        var created = (await system.Tasks(task => task.Duty == duty.Id)).Select(task => task.Occurrence!);
        var skipped = await system.Read(db => db.SkippedOccurrences.Where(skip => skip.DutyId == duty.Id).Select(skip => skip.Occurrence).ToListAsync());
        Assert.Equal(["2020-01-25", "2020-01-26", "2020-01-27"], created.Concat(skipped).Distinct().Order());
    }

    private static async Task<string> Counts(TestSystem system) => await system.Read(async db =>
        $"{await db.Tasks.CountAsync()} {await db.Audit.CountAsync()} {await db.Definitions.CountAsync()} {await db.Duties.CountAsync()} {await db.Timers.CountAsync()}");

    private static IEnumerable<string> Daily(int at, Func<string, bool> due) => Shipped.Set.Duties
        .Where(duty => duty is { Enabled: true, Kind: DutyKind.Recurring, Schedule: { } schedule } && schedule.Cron == $"0 {at} * * *" && due(schedule.Due))
        .SelectMany(duty => duty.LeadUnits.Select(unit => $"{duty.Id} {unit}")).Order();

    private static async Task<IEnumerable<string>> Issued(TestSystem system) =>
        (await system.Tasks(task => task.Kind == "recurring" && task.Occurrence == "2020-01-23")).Select(task => $"{task.Duty} {task.LeadUnit}").Order();

    private static async Task<(Dictionary<TaskState, Guid> Moved, Dictionary<TaskState, TaskState> Expected)> OneInEachState(TestSystem system)
    {
        var tasks = new Queue<Guid>((await system.Tasks(task => task.Plan == Taiping && task.Kind == "oneOff" && task.SignOffRequired && task.ReviewRequired))
            .Where(task => !task.CoUnits.Any(co => co.MustConfirm)).Select(task => task.Id));
        var moved = new Dictionary<TaskState, Guid>();
        async Task Put(TaskState state, Func<Guid, Task> move)
        {
            var id = tasks.Dequeue();
            await move(id);
            Assert.Equal(state, (await system.TaskOf(id)).State);
            moved[state] = id;
        }

        await Put(TaskState.PendingAck, _ => Task.CompletedTask);
        await Put(TaskState.InProgress, system.Acknowledge);
        await Put(TaskState.Returned, async id => await system.Send(
            new DeclineTask.Command(id, null, "不属于本单位", null), People.Liaison((await system.TaskOf(id)).LeadUnit)));
        await Put(TaskState.Suspended, id => system.Send(new SuspendTask.Command(id, null, "等待文件", null), People.Office));
        await Put(TaskState.PendingSignOff, async id =>
        {
            await system.Acknowledge(id);
            await system.Submit(id);
        });
        await Put(TaskState.PendingReview, async id =>
        {
            await system.Acknowledge(id);
            await system.Submit(id);
            await system.Sign(id);
        });
        await Put(TaskState.Closed, id => system.Finish(id));
        await Put(TaskState.NotApplicable, id => system.Send(new MarkNotApplicable.Command(id, null, "无此情况"), People.Office));
        await Put(TaskState.Terminated, system.Terminate);
        TaskState[] finished = [TaskState.PendingSignOff, TaskState.PendingReview, TaskState.Closed, TaskState.NotApplicable];
        return (moved, moved.Keys.ToDictionary(state => state, state => finished.Contains(state) ? state : TaskState.Terminated));
    }
}
