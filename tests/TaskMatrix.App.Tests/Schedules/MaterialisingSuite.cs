using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Plans;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Schedules;

public sealed class MaterialisingOnSqlite() : MaterialisingSuite(new SqliteDatabase());

public sealed class MaterialisingOnPostgres() : MaterialisingSuite(new PostgresDatabase());

public abstract class MaterialisingSuite(ITestDatabase database)
{
    private static readonly DateTimeOffset Until = TestSystem.Morning.AddDays(30);

    [Fact]
    public async Task Thirty_days_make_each_occurrence_of_both_plans_exactly_once_and_the_same_window_again_makes_none()
    {
        await using var system = await TestSystem.Start(database, exercise: true);
        var before = await system.Read(db => db.Schedules.ToListAsync());

        var result = await system.Send(new AdvanceExercise.Command("P30D", null), People.Office);

        Assert.Equal(Until, result.Now);
        var expected = Expected().Order().ToList();
        Assert.True(expected.Count > 3000, $"only {expected.Count}");
        Assert.Equal(expected, (await Occurrences(system)).Order());

        await Rewind(system, before);
        for (var replay = 0; replay < 3; replay++)
        {
            Assert.Equal(new MaterialiseDue.Result(0, 0), await system.Send(new MaterialiseDue.Command()));
            await Rewind(system, before);
        }

        Assert.Equal(expected.Count, (await Occurrences(system)).Count);
        Assert.Equal(0, await system.Read(db => db.SkippedOccurrences.CountAsync()));
    }

    [Fact]
    public async Task What_was_issued_with_the_beginning_of_its_plan_is_the_last_occurrence_of_its_schedule()
    {
        await using var system = await TestSystem.Start(database);

        var tasks = await system.Tasks(task => task.Jurisdiction == "taiping" && task.Kind == "recurring");
        var issued = tasks.Select(task => task.Duty!).ToHashSet();
        var schedules = await system.Send(new ListSchedules.Query(null), People.Office);
        Assert.NotEmpty(issued);
        Assert.All(schedules, row => Assert.Equal((issued.Contains(row.DutyId), issued.Contains(row.DutyId) ? "created" : null), (row.Last is not null, row.LastResult)));
        Assert.All(schedules, row => Assert.True(row.Last is null || row.Last <= TestSystem.Morning));
    }

    [Fact]
    public async Task A_duty_is_paused_with_a_reason_that_stands_beside_it_until_it_goes_on()
    {
        await using var system = await TestSystem.Start(database);
        var duty = (await system.Send(new ListSchedules.Query(null, "education"), People.Office)).First().DutyId;

        await system.Send(new ChangeSchedule.Command(duty, "pause", "寒假"), People.Office);

        var paused = Assert.Single(await system.Send(new ListSchedules.Query(null, Paused: true), People.Inspector));
        Assert.Equal((duty, People.Office.Post, TestSystem.Morning, "寒假"), (paused.DutyId, paused.PausedSince!.By, paused.PausedSince.At, paused.PausedSince.Reason));
        await system.Send(new ChangeSchedule.Command(duty, "resume"), People.Office);
        Assert.Null(Assert.Single(await system.Send(new ListSchedules.Query(null, Text: duty), People.Office)).PausedSince);
    }

    [Fact]
    public async Task Every_occurrence_of_an_exercise_is_issued_at_its_own_moment_and_missed_at_its_cut_off()
    {
        await using var system = await TestSystem.Start(database, exercise: true);

        await system.Send(new AdvanceExercise.Command("P3D", null), People.Office);

        var recurring = await system.Tasks(task => task.Kind == "recurring" && task.Occurrence != "2020-01-23");
        Assert.All(recurring, task => Assert.Equal(task.IssuedAt, task.CreatedAt));
        Assert.All(recurring, task => Assert.True(task.IssuedAt!.Value.ToOffset(TimeSpan.FromHours(8)).TimeOfDay.TotalHours is 8 or 17));
        Assert.All(recurring.Where(task => task.State == TaskState.Missed), task => Assert.Equal(task.MissedBy, task.MissedAt));
        Assert.Contains(recurring, task => task.State == TaskState.Missed);
    }

    [Fact]
    public async Task An_exercise_never_goes_back()
    {
        await using var system = await TestSystem.Start(database, exercise: true);

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(
            () => system.Send(new AdvanceExercise.Command(null, TestSystem.Morning.AddMinutes(-1)), People.Office));

        Assert.Equal("exercise.back-in-time", refused.Code);
    }

    [Fact]
    public async Task An_exercise_goes_on_from_where_its_clock_stood()
    {
        var system = await TestSystem.Start(database, exercise: true);
        await system.Send(new AdvanceExercise.Command("P2D", null), People.Office);

        await using var again = await system.Restart();

        var result = await again.Send(new AdvanceExercise.Command("PT1H", null), People.Office);
        Assert.Equal(TestSystem.Morning.AddDays(2).AddHours(1), result.Now);
    }

    [Fact]
    public async Task A_faulty_duty_stops_neither_the_others_nor_an_exercise_and_is_made_good_when_it_is_mended()
    {
        await using var system = await TestSystem.Start(database, exercise: true);
        var faulty = Recurring().First(duty => duty.Schedule!.Cron == "0 8 * * *");
        await system.Tamper($"UPDATE schedules SET cron = 'broken' WHERE duty_id = {faulty.Id}");

        await system.Send(new AdvanceExercise.Command("P1D", null), People.Office);

        var issued = (await system.Tasks(task => task.Occurrence == "2020-01-24" && task.Kind == "recurring")).Select(task => task.Duty!).Distinct().ToList();
        Assert.DoesNotContain(faulty.Id, issued);
        Assert.Equal(Recurring().Where(duty => duty != faulty && duty.Schedule!.Cron == "0 8 * * *").Select(duty => duty.Id).Order(), issued.Order());

        await system.Tamper($"UPDATE schedules SET cron = {faulty.Schedule!.Cron} WHERE duty_id = {faulty.Id}");
        await system.Send(new AdvanceExercise.Command("PT1M", null), People.Office);
        Assert.Equal(faulty.LeadUnits.Count, (await system.Tasks(task => task.Duty == faulty.Id && task.Occurrence == "2020-01-24")).Count);
    }

    [Fact]
    public async Task Two_nodes_that_materialise_at_once_make_each_occurrence_once()
    {
        await using var system = await TestSystem.Start(database);
        var other = await system.AnotherNode();
        system.Pass(TimeSpan.FromDays(1));

        await Task.WhenAll(system.RunDue(), other.RunDue(), system.RunDue(), other.RunDue());

        var tasks = await system.Tasks(task => task.Kind == "recurring" && task.Occurrence == "2020-01-24");
        Assert.Equal(
            Recurring().Where(duty => duty.Schedule!.Cron == "0 8 * * *").SelectMany(duty => duty.LeadUnits.Select(unit => $"{duty.Id} {unit}")).Order(),
            tasks.Select(task => $"{task.Duty} {task.LeadUnit}").Order());
        await other.Stop();
    }

    private static IEnumerable<Duty> Recurring() => Shipped.Set.Duties.Where(duty => duty is { Enabled: true, Kind: DutyKind.Recurring });

    /// <summary>Reckoned day by day from the definitions alone; the crons of the texts are daily, those of standing duties weekly.</summary>
    private static IEnumerable<string> Expected()
    {
        foreach (var duty in Shipped.Set.Duties.Where(duty => duty is { Enabled: true, Schedule: not null }))
        {
            var fields = duty.Schedule!.Cron.Split(' ');
            Assert.Equal(("0", "*", "*"), (fields[0], fields[2], fields[3]));
            for (var day = new DateTimeOffset(2020, 1, 23, int.Parse(fields[1]), 0, 0, TimeSpan.FromHours(8)); day <= Until; day = day.AddDays(1))
            {
                var (today, phase) = (day.Date == TestSystem.Morning.Date && duty.Kind == DutyKind.Recurring, PhaseOf(duty));
                var n = (day.Date - TestSystem.Morning.Date).Days;
                if (phase?.FromDay > n || phase?.UntilDay < n)
                {
                    continue;
                }

                if ((fields[4] == "*" || int.Parse(fields[4]) == (int)day.DayOfWeek) && (day > TestSystem.Morning || today))
                {
                    var step = duty.Kind == DutyKind.Standing ? "/feedback" : "";
                    foreach (var unit in duty.LeadUnits)
                    {
                        yield return $"{duty.Id} {unit} {day:yyyy-MM-dd}{step}";
                    }
                }
            }
        }
    }

    private static PlanPhase? PhaseOf(Duty duty) => Shipped.Set.Plan(duty.Plan)!.Definition.Phases.FirstOrDefault(phase => phase.Id == duty.Phase);

    private static async Task<List<string>> Occurrences(TestSystem system) =>
        [.. (await system.Tasks(task => task.Kind == "recurring" || task.Step == "feedback")).Select(task => $"{task.Duty} {task.IssuedTo} {task.Occurrence}")];

    /// <summary>Puts the schedules back to where they stood, as a restored backup or a confused node would.</summary>
    private static async Task Rewind(TestSystem system, List<StoredSchedule> rows)
    {
        foreach (var row in rows)
        {
            await system.Tamper($"UPDATE schedules SET next_at = {row.NextAt!.Value.UtcTicks} WHERE duty_id = {row.DutyId} AND part = {row.Part}");
        }
    }
}
