using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Tests.Schedules;

/// <summary>Phases and plans that begin while the server is down. 兰溪镇's phase of implementation begins here on 24 January 2020.</summary>
public sealed class LateBeginningTests
{
    private const string Arrange = "lanxi.all-units.deployment", Lanxi = "workflows/lanxi/all-units.yaml", Taiping = "taiping-2020-3";

    private static readonly Actor Office = People.Office;

    /// <summary>Back on Thursday the 6th of February at 10:00: a date of the text stays what it is, working time is reckoned from then.</summary>
    [Theory]
    [InlineData("2020-03-02", "natural", "2020-03-04T00:00+08:00")]
    [InlineData("P2D", "natural", "2020-02-08T10:00+08:00")]
    [InlineData("3 working days", "working", "2020-02-11T17:00+08:00")]
    public async Task A_first_task_made_late_counts_from_when_it_is_made(string due, string calendar, string expected)
    {
        var content = ChangedContent.With((Lanxi, OneOff, $"{OneOff}\n    due: {due}\n    calendar: {calendar}"));
        await using var system = await Down(content, new DateTimeOffset(2020, 2, 6, 10, 0, 0, TimeSpan.FromHours(8)));

        await system.RunDue();

        var tasks = await Made(system);
        Assert.NotEmpty(tasks);
        Assert.All(tasks, task => Assert.Equal((DateTimeOffset.Parse(expected, null), "2020-01-24"), (task.DueAt!.Value, task.Occurrence)));
    }

    [Fact]
    public async Task What_begins_with_a_phase_that_is_over_by_then_is_skipped_and_recorded()
    {
        var content = ChangedContent.With(("seed/lanxi.yaml", "from: 2020-01-23, quote", "from: 2020-01-23, until: 2020-01-30, quote"));
        await using var system = await Down(content, new DateTimeOffset(2020, 2, 6, 10, 0, 0, TimeSpan.FromHours(8)));

        await system.RunDue();
        await system.RunDue();

        Assert.Empty(await Made(system));
        var skipped = await system.Read(db => db.SkippedOccurrences.Where(skip => skip.DutyId == Arrange).ToListAsync());
        Assert.NotEmpty(skipped);
        Assert.All(skipped, skip => Assert.Equal(("2020-01-24", "system unavailable"), (skip.Occurrence, skip.Reason)));
        var recorded = await system.Read(db => db.Audit.CountAsync(entry => entry.Action == "skip-occurrences" && entry.Payload.Contains(Arrange)));
        Assert.Equal(skipped.Count, recorded);
    }

    /// <summary>Its first day has an occurrence at midnight, which is the schedule's to catch up with, like those of the days after.</summary>
    [Theory]
    [InlineData("all", "")]
    [InlineData("latest", "2020-01-25 2020-01-26 2020-01-27")]
    public async Task A_plan_that_begins_while_nothing_runs_begins_afterwards_with_all_its_days(string policy, string skipped)
    {
        const string Ventilation = "taiping.education.ventilation";
        var content = ChangedContent.With(("workflows/taiping/education.yaml", "cron: \"0 8 * * *\", basis: text", $"cron: \"0 0 * * *\", due: \"06:00\", policy: {policy}, basis: text"));
        var folder = Directory.CreateTempSubdirectory("taskmatrix-").FullName;
        await using var system = await TestSystem.Attach(new AppOptions { DataFolder = folder, ContentFolder = content }, TestSystem.Morning, prepare: true);
        await Again(system, Taiping, Office, new DateOnly(2020, 1, 25));
        system.Clock.Now = new DateTimeOffset(2020, 1, 28, 3, 0, 0, TimeSpan.FromHours(8));

        await system.RunDue();

        Assert.True((await system.Read(db => db.Plans.SingleAsync(plan => plan.Id == Taiping))).Begun);
        var activation = (await system.Read(db => db.Plans.SingleAsync(plan => plan.Id == Taiping))).Activation;
        var made = await system.Tasks(task => task.Duty == Ventilation && task.Activation == activation && task.State != Engine.TaskInstances.TaskState.Terminated);
        var left = await system.Read(db => db.SkippedOccurrences.Where(skip => skip.DutyId == Ventilation && skip.Activation == activation).Select(skip => skip.Occurrence).ToListAsync());
        Assert.Equal(["2020-01-25", "2020-01-26", "2020-01-27", "2020-01-28"], made.Select(task => task.Occurrence!).Concat(left).Order());
        Assert.Equal(skipped, string.Join(' ', left.Order()));
        Assert.All(made, task => Assert.Equal(system.Clock.Now.AddHours(6), task.DueAt));
    }

    /// <summary>Back on Monday the 10th of February: an evening has no working time to give again, so as much time as it had.</summary>
    [Theory]
    [InlineData("0 20 * * *", "22:00", 10, "2020-02-10T12:00+08:00")]
    [InlineData("0 9 * * *", "10:00", 16, "2020-02-10T17:00+08:00")]
    [InlineData("0 9 * * *", "11:00", 16, "2020-02-11T09:30+08:00")]
    public async Task A_late_occurrence_in_working_time_gets_as_much_of_it(string cron, string due, int hour, string expected)
    {
        var content = ChangedContent.With((
            "workflows/taiping/education.yaml", "schedule: { cron: \"0 8 * * *\", basis: text }", $"schedule: {{ cron: \"{cron}\", due: \"{due}\", basis: text }}\n    calendar: working"));
        var folder = Directory.CreateTempSubdirectory("taskmatrix-").FullName;
        await using var system = await TestSystem.Attach(new AppOptions { DataFolder = folder, ContentFolder = content }, TestSystem.Morning, prepare: true);
        var back = new DateTimeOffset(2020, 2, 10, hour, 0, 0, TimeSpan.FromHours(8));
        system.Clock.Now = back;

        await system.RunDue();

        var task = Assert.Single(await system.Tasks(task => task.Duty == "taiping.education.ventilation" && task.CreatedAt == back));
        Assert.Equal(DateTimeOffset.Parse(expected, null), task.DueAt);
    }

    [Fact]
    public async Task A_plan_that_begins_late_makes_nothing_of_a_phase_that_is_over()
    {
        var content = ChangedContent.With(("seed/lanxi.yaml", "from: 2020-01-23, quote", "from: 2020-01-23, until: 2020-01-30, quote"));
        var folder = Directory.CreateTempSubdirectory("taskmatrix-").FullName;
        await using var system = await TestSystem.Attach(new AppOptions { DataFolder = folder, ContentFolder = content }, TestSystem.Morning, prepare: true);
        await Again(system, LanxiPlan, People.OfficeOf("lanxi"), new DateOnly(2020, 1, 25));
        system.Clock.Now = new DateTimeOffset(2020, 3, 6, 10, 0, 0, TimeSpan.FromHours(8));

        await system.RunDue();
        await system.RunDue();

        Assert.Empty(await Made(system));
        var plan = await system.Read(db => db.Plans.SingleAsync(plan => plan.Id == LanxiPlan));
        Assert.True(plan.Begun);
        Assert.NotEmpty(await system.Read(db => db.SkippedOccurrences.Where(skip => skip.DutyId == Arrange && skip.Activation == plan.Activation).ToListAsync()));
    }

    [Fact]
    public async Task First_tasks_of_a_plan_that_begins_late_count_from_then_and_bear_its_first_day()
    {
        var folder = Directory.CreateTempSubdirectory("taskmatrix-").FullName;
        await using var system = await TestSystem.Attach(new AppOptions { DataFolder = folder, ContentFolder = AppContext.BaseDirectory }, TestSystem.Morning, prepare: true);
        await Again(system, Taiping, Office, new DateOnly(2020, 1, 25));
        system.Clock.Now = new DateTimeOffset(2020, 1, 28, 3, 0, 0, TimeSpan.FromHours(8));

        await system.RunDue();

        var plan = await system.Read(db => db.Plans.SingleAsync(plan => plan.Id == Taiping));
        var first = await system.Tasks(task => task.Activation == plan.Activation && (task.Kind == "oneOff" || task.Kind == "standing"));
        Assert.NotEmpty(first);
        Assert.All(first, task => Assert.StartsWith("2020-01-25", task.Occurrence, StringComparison.Ordinal));
        Assert.All(first, task => Assert.True(task.DueAt > system.Clock.Now));
    }

    /// <summary>Added in the minutes between the server's return and its first sweep, which makes the task of every unit there is then.</summary>
    [Fact]
    public async Task A_unit_added_before_what_is_late_has_begun_gets_its_first_task_once()
    {
        await using var system = await Down(AppContext.BaseDirectory, new DateTimeOffset(2020, 1, 25, 10, 0, 0, TimeSpan.FromHours(8)));

        var unit = await system.Send(new AddUnit.Command("lanxi", "zaojia-village", "枣家村", "Zaojia Village", ["枣家"], ["villages"]), People.OfficeOf("lanxi"));
        await system.RunDue();

        var tasks = await Made(system);
        Assert.Equal(tasks.Count, tasks.Select(task => task.Run).Distinct().Count());
        Assert.Single(tasks, task => task.Run!.Split('|')[1] == unit.Id);
    }

    private const string LanxiPlan = "lanxi-2020";

    /// <summary>Ended, and to begin once more on a later day.</summary>
    private static async Task Again(TestSystem system, string plan, Actor office, DateOnly day)
    {
        await system.Send(new EndPlan.Command(plan, "再次启动"), office);
        await system.Tamper($"UPDATE plans SET status = {"Draft"}, begun = {false} WHERE id = {plan}");
        await system.Send(new ActivatePlan.Command(plan, day), office);
    }

    private const string OneOff = "phase: implementation";

    private static async Task<TestSystem> Down(string content, DateTimeOffset until)
    {
        var folder = Directory.CreateTempSubdirectory("taskmatrix-").FullName;
        var system = await TestSystem.Attach(new AppOptions { DataFolder = folder, ContentFolder = content }, TestSystem.Morning, prepare: true);
        Assert.Empty(await Made(system));
        system.Clock.Now = until;
        return system;
    }

    private static Task<List<Engine.TaskInstances.TaskInstance>> Made(TestSystem system) => system.Tasks(task => task.Duty == Arrange);
}
