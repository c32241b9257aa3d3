using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Schedules;

public sealed class CatchUpOnSqlite() : CatchUpSuite(new SqliteDatabase());

public sealed class CatchUpOnPostgres() : CatchUpSuite(new PostgresDatabase());

/// <summary>What becomes of the occurrences that should have begun while nothing ran. All duties here begin at 8 and are due at 17.</summary>
public abstract class CatchUpSuite(ITestDatabase database)
{
    private static readonly DateTimeOffset Eight = new(2020, 1, 24, 8, 0, 0, TimeSpan.FromHours(8));

    private static readonly string[] Policies = ["all", "latest", "skip"];

    private static readonly List<Duty> Duties =
    [
        .. Shipped.Set.Duties.Where(duty => duty is { Enabled: true, Kind: DutyKind.Recurring, Schedule: { Cron: "0 8 * * *", Due: "17:00" }, LeadUnits.Count: 1 }).Take(3),
    ];

    public static TheoryData<string, int> Downtimes => new() { { "PT59S", 59 }, { "PT61S", 61 }, { "PT1H", 3600 }, { "P3D", 3 * 86400 }, { "P1Y", 365 * 86400 } };

    [Theory]
    [MemberData(nameof(Downtimes))]
    public async Task Every_occurrence_of_a_downtime_is_created_or_recorded_as_skipped(string downtime, int seconds)
    {
        Assert.NotEmpty(downtime);
        await using var system = await TestSystem.Start(database);
        await OnlyThreeDutiesEachWithAPolicy(system);
        var up = Eight.AddSeconds(seconds);
        system.Clock.Now = up;

        await system.RunDue();
        await system.RunDue();

        for (var i = 0; i < Policies.Length; i++)
        {
            await Compare(system, Duties[i], Policies[i], up);
        }
    }

    [Fact]
    public async Task What_is_created_late_becomes_missed_only_after_its_full_working_time()
    {
        await using var system = await TestSystem.Start(database);
        await OnlyThreeDutiesEachWithAPolicy(system);
        system.Clock.Now = Eight.AddDays(3).AddHours(6);
        await system.RunDue();
        var late = await system.Tasks(task => task.Duty == Duties[0].Id && task.Occurrence != "2020-01-23");
        Assert.Equal(4, late.Count);

        system.Pass(TimeSpan.FromHours(9) - TimeSpan.FromTicks(1));
        await system.RunDue();
        Assert.All(await system.Tasks(task => task.Duty == Duties[0].Id && task.Occurrence != "2020-01-23"), task => Assert.Equal(TaskState.InProgress, task.State));

        system.Pass(TimeSpan.FromDays(1));
        await system.RunDue();
        Assert.All(
            (await system.Tasks(task => task.Duty == Duties[0].Id)).Where(task => late.Exists(one => one.Id == task.Id)),
            task => Assert.Equal(TaskState.Missed, task.State));
    }

    [Fact]
    public async Task What_was_skipped_stands_in_the_record_once_for_each_unit()
    {
        await using var system = await TestSystem.Start(database);
        await OnlyThreeDutiesEachWithAPolicy(system);
        system.Clock.Now = Eight.AddDays(3).AddHours(1);

        await system.RunDue();

        var entries = await system.Read(db => db.Audit.Where(entry => entry.Action == "skip-occurrences").ToListAsync());
        Assert.Equal(
            [$"{Duties[1].LeadUnits[0]}: system unavailable", $"{Duties[2].LeadUnits[0]}: system unavailable", $"{Duties[2].LeadUnits[0]}: policy skip"],
            entries.OrderBy(entry => entry.Id).Select(entry => $"{entry.Unit}: {Reason(entry.Payload)}").OrderBy(text => text.EndsWith("skip", StringComparison.Ordinal)));
    }

    /// <summary>The same occurrences asked for again, as after a restored schedule row, are neither made nor skipped again.</summary>
    [Fact]
    public async Task Catching_up_again_changes_nothing()
    {
        await using var system = await TestSystem.Start(database);
        await OnlyThreeDutiesEachWithAPolicy(system);
        system.Clock.Now = Eight.AddDays(3).AddHours(1);
        await system.RunDue();
        var before = await Accounts(system);

        await system.Tamper($"UPDATE schedules SET next_at = {Eight.UtcTicks} WHERE NOT paused");
        await system.RunDue();

        Assert.Equal(before, await Accounts(system));
        Assert.Equal(0, await system.Read(db => db.Schedules.CountAsync(row => !row.Paused && row.NextAt <= system.Clock.Now)));
    }

    /// <summary>兰溪镇's phase of implementation begins on a day on which nothing runs, and for longer than its tasks have time.</summary>
    [Theory]
    [InlineData(59)]
    [InlineData(3600)]
    [InlineData(20 * 86400)]
    public async Task What_begins_with_a_phase_during_a_downtime_gets_its_full_time_afterwards(int seconds)
    {
        await using var system = await TestSystem.Start(database);
        await system.Tamper($"UPDATE schedules SET paused = {true} WHERE part <> {StoredSchedule.Beginning}");
        var begins = await system.Read(db => db.Schedules.Where(row => row.Part == StoredSchedule.Beginning).ToDictionaryAsync(row => row.DutyId, row => row.NextAt!.Value));
        Assert.NotEmpty(begins);
        var duties = begins.Keys.ToList();
        system.Clock.Now = begins.Values.Max().AddSeconds(seconds);

        await system.RunDue();
        var first = await system.Tasks(task => duties.Contains(task.Duty!));
        await system.RunDue();

        foreach (var (id, start) in begins)
        {
            var duty = Shipped.Set.Duties.Single(duty => duty.Id == id);
            var tasks = first.FindAll(task => task.Duty == id);
            Assert.Equal(duty.LeadUnits.Order(), tasks.Select(task => task.IssuedTo).Order());
            var from = seconds > 60 ? system.Clock.Now : start;
            Assert.All(tasks, task => Assert.Equal(from.AddDays(duty.Kind == DutyKind.Standing ? 7 : 3), task.DueAt));
        }

        Assert.Equal(first.Count, (await system.Tasks(task => duties.Contains(task.Duty!))).Count);
        Assert.Equal(0, await system.Read(db => db.Schedules.CountAsync(row => row.Part == StoredSchedule.Beginning && row.NextAt != null)));
    }

    private static async Task<List<string>> Accounts(TestSystem system) =>
    [
        .. (await system.Tasks(task => task.Kind == "recurring")).Select(task => $"task {task.Duty} {task.Occurrence}"),
        .. await system.Read(db => db.SkippedOccurrences.OrderBy(skip => skip.DutyId).ThenBy(skip => skip.Occurrence)
            .Select(skip => $"skipped {skip.DutyId} {skip.Occurrence} {skip.Reason}").ToListAsync()),
    ];

    private static string Reason(string payload) =>
        System.Text.Json.JsonDocument.Parse(payload).RootElement.GetProperty("reason").GetString()!;

    private static async Task OnlyThreeDutiesEachWithAPolicy(TestSystem system)
    {
        await system.Tamper($"UPDATE schedules SET paused = {true}");
        foreach (var (duty, policy) in Duties.Zip(Policies))
        {
            await system.Tamper($"UPDATE schedules SET paused = {false}, policy = {policy} WHERE duty_id = {duty.Id}");
        }
    }

    /// <summary>Reckoned here once more, in plain days and hours.</summary>
    private static async Task Compare(TestSystem system, Duty duty, string policy, DateTimeOffset up)
    {
        var created = (await system.Tasks(task => task.Duty == duty.Id && task.Occurrence != "2020-01-23")).ToDictionary(task => task.Occurrence!);
        var skipped = await system.Read(db => db.SkippedOccurrences.Where(skip => skip.DutyId == duty.Id).ToDictionaryAsync(skip => skip.Occurrence, skip => skip.Reason));
        var days = 0;
        for (var start = Eight; start <= up; start = start.AddDays(1), days++)
        {
            var key = $"{start:yyyy-MM-dd}";
            var (late, newest, over) = (up - start > TimeSpan.FromSeconds(60), start.AddDays(1) > up, start.AddDays(1) <= up);
            var because = (late, policy) switch
            {
                (false, _) or (_, "all") => null,
                _ when over => CatchUp.Unavailable,
                (_, "skip") => CatchUp.ByPolicy,
                _ => newest ? null : CatchUp.Superseded,
            };
            Assert.Equal((key, because), (key, skipped.GetValueOrDefault(key)));
            Assert.Equal((key, because is null), (key, created.ContainsKey(key)));
            if (because is null)
            {
                var task = created[key];
                Assert.Equal(late ? up.AddHours(9) : start.AddHours(9), task.DueAt);
                Assert.Equal((TaskState.InProgress, null, null), (task.State, task.MissedAt, task.OverdueSince));
            }
        }

        Assert.Equal(days, created.Count + skipped.Count);
    }
}
