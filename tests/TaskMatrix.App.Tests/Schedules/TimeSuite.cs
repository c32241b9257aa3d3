using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Schedules;

public sealed class TimeOnSqlite() : TimeSuite(new SqliteDatabase());

public sealed class TimeOnPostgres() : TimeSuite(new PostgresDatabase());

/// <summary>Clocks that jump, days that are rare, the last millisecond. The calendar is reckoned here once more, in whole numbers.</summary>
public abstract class TimeSuite(ITestDatabase database)
{
    private static readonly Duty Daily = Shipped.Set.Duties.First(duty => duty is { Enabled: true, Kind: DutyKind.Recurring, Schedule: { Cron: "0 8 * * *", Due: "17:00" }, LeadUnits.Count: 1 });

    public static TheoryData<string, string, int> Spans => new()
    {
        { "2020-02-26", "2020-03-02", 5 }, { "2020-12-29", "2021-01-03", 5 }, { "2021-02-26", "2021-03-02", 4 }, { "2024-02-26", "2024-03-02", 5 }, { "2100-02-26", "2100-03-02", 4 },
    };

    [Fact]
    public async Task The_clock_of_an_exercise_is_never_kept_as_earlier_than_it_stood()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        foreach (var days in new[] { 1, 3, 2 })
        {
            await system.Send(new StoreClock.Command(TestSystem.Morning.AddDays(days)));
        }

        var stored = await system.Read(db => db.Settings.SingleAsync(setting => setting.Key == StoredSetting.ExerciseClock));
        Assert.Equal(TestSystem.Morning.AddDays(3), DateTimeOffset.Parse(stored.Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [MemberData(nameof(Spans))]
    public async Task Every_day_comes_once_at_the_ends_of_years_and_of_february(string from, string until, int days)
    {
        await using var system = await Only(Daily, from);
        for (var step = 0; step <= 24 * days; step += 6)
        {
            await At(system, Eight(from).AddHours(step));
        }

        var expected = Calendar(from, until).ToList();
        Assert.Equal(days + 1, expected.Count);
        Assert.Equal(expected, await Occurrences(system));
        Assert.Equal(expected, (await Tasks(system)).Select(task => $"{task.IssuedAt!.Value.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd}"));
    }

    [Fact]
    public async Task A_clock_that_jumps_makes_nothing_twice_nothing_early_and_forgets_nothing()
    {
        const string From = "2020-03-10";
        await using var system = await Only(Daily, From);
        var (now, seen) = (Eight(From).AddMinutes(-30), Eight(From).AddMinutes(-30));
        TimeSpan[] jumps =
        [
            TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromDays(1), TimeSpan.FromDays(-1), TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(2), TimeSpan.FromHours(-1),
            TimeSpan.FromDays(1), TimeSpan.FromHours(1), TimeSpan.FromDays(-1), TimeSpan.FromHours(-1), TimeSpan.FromDays(1), TimeSpan.FromDays(1), TimeSpan.FromHours(12),
        ];
        foreach (var jump in jumps)
        {
            now += jump;
            seen = now > seen ? now : seen;
            await At(system, now);
            await At(system, now);

            Assert.All(await Tasks(system), task =>
            {
                Assert.True(Eight(task.Occurrence!) <= seen, $"{task.Occurrence} came early");
                Assert.True(task.OverdueSince is null || task.OverdueSince <= seen, $"{task.Occurrence} was overdue early");
                Assert.True(task.OverdueSince is null || task.OverdueSince == task.DueAt, "a breach is the deadline itself");
            });
        }

        var accounted = (await Occurrences(system)).Concat(await system.Read(db => db.SkippedOccurrences.Select(skip => skip.Occurrence).ToListAsync())).Order().ToList();
        Assert.Equal(Calendar(From, $"{seen.AddHours(-8).ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd}"), accounted);
        var starts = await system.Read(db => db.Audit.Where(entry => entry.Action == "issue" && entry.TaskId != null).OrderBy(entry => entry.Id).Select(entry => entry.TaskId!.Value).ToListAsync());
        var order = (await Tasks(system)).ToDictionary(task => task.Id, task => task.Occurrence!);
        var fired = starts.Where(order.ContainsKey).Select(id => order[id]).ToList();
        Assert.Equal(fired.Order().Distinct(), fired);
        foreach (var task in order.Keys)
        {
            var events = await system.Events(task);
            Assert.InRange(events.OfType<BecameOverdue>().Count(), 0, 1);
            var rungs = events.OfType<Escalated>().Select(rung => rung.Rung).ToList();
            Assert.Equal(rungs.Count, rungs.Distinct().Count());
        }
    }

    [Fact]
    public async Task The_last_millisecond_before_five_is_on_time_and_five_is_not()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var five = new DateTimeOffset(2020, 1, 24, 17, 0, 0, TimeSpan.FromHours(8));
        var (early, late) = ((await system.Assign(dueAt: five, review: false)).Id, (await system.Assign(dueAt: five, review: false)).Id);
        await system.Acknowledge(early);
        await system.Acknowledge(late);

        await At(system, five.AddMilliseconds(-1));
        Assert.Null((await system.TaskOf(late)).OverdueSince);
        await system.Submit(early);
        await At(system, five);
        await system.Submit(late);

        Assert.Equal((true, null), ((await system.TaskOf(early)).OnTime, (await system.TaskOf(early)).OverdueSince));
        Assert.Equal((false, five), ((await system.TaskOf(late)).OnTime, (await system.TaskOf(late)).OverdueSince));
    }

    [Theory]
    [InlineData("2020-01-17", "2020-01-19")]
    [InlineData("2020-01-23", "2020-02-03")]
    [InlineData("2020-04-24", "2020-04-26")]
    [InlineData("2020-05-08", "2020-05-09")]
    [InlineData("2020-09-25", "2020-09-27")]
    [InlineData("2020-10-09", "2020-10-10")]
    public async Task A_working_day_may_be_a_weekend_that_makes_up_and_is_no_holiday(string from, string due)
    {
        await using var system = await TestSystem.Start(database, activate: false, at: new DateTimeOffset(2020, 1, 2, 9, 0, 0, TimeSpan.FromHours(8)));
        system.Clock.Now = Eight(from).AddHours(1);

        var task = await system.Send(
            new CreateTask.Command(null, "核查", null, "education", null, null, "PT1H", null, "1 working days", null, null, null, "working", null, false), People.Office);

        Assert.Equal(Eight(due).AddHours(9), task.DueAt);
    }

    private async Task<TestSystem> Only(Duty duty, string from)
    {
        var system = await TestSystem.Start(database);
        await system.Tamper($"DELETE FROM timers");
        await system.Tamper($"UPDATE schedules SET paused = {true} WHERE duty_id <> {duty.Id}");
        await system.Tamper($"UPDATE schedules SET next_at = {Eight(from).UtcTicks}, policy = 'all' WHERE duty_id = {duty.Id}");
        return system;
    }

    private static async Task At(TestSystem system, DateTimeOffset moment)
    {
        system.Clock.Now = moment;
        await system.RunDue();
    }

    private static async Task<List<TaskInstance>> Tasks(TestSystem system) =>
        [.. (await system.Tasks(task => task.Duty == Daily.Id && task.Occurrence != "2020-01-23")).OrderBy(task => task.Occurrence, StringComparer.Ordinal)];

    private static async Task<List<string>> Occurrences(TestSystem system) => (await Tasks(system)).ConvertAll(task => task.Occurrence!);

    private static DateTimeOffset Eight(string day)
    {
        var (year, month, date) = Parts(day);
        return new DateTimeOffset(year, month, date, 8, 0, 0, TimeSpan.FromHours(8));
    }

    private static (int Year, int Month, int Day) Parts(string day) => (int.Parse(day[..4], null), int.Parse(day[5..7], null), int.Parse(day[8..10], null));

    /// <summary>All days from one to another, by the rule of Gregory and nothing else.</summary>
    private static IEnumerable<string> Calendar(string from, string until)
    {
        for (var (year, month, day) = Parts(from); ; day++)
        {
            int[] months = [31, year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
            if (day > months[month - 1])
            {
                (day, month) = (1, month + 1);
            }

            if (month > 12)
            {
                (month, year) = (1, year + 1);
            }

            var name = $"{year:0000}-{month:00}-{day:00}";
            yield return name;
            if (name == until)
            {
                yield break;
            }
        }
    }
}
