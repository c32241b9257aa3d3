using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Overdue;

public sealed class TimersOnSqlite() : TimerSuite(new SqliteDatabase());

public sealed class TimersOnPostgres() : TimerSuite(new PostgresDatabase());

public abstract class TimerSuite(ITestDatabase database)
{
    private static readonly DateTimeOffset Due = TestSystem.Morning.AddDays(3);

    [Fact]
    public async Task Breaches_and_rungs_come_at_their_moments_and_once()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var id = (await system.Assign(dueAt: Due)).Id;

        await At(system, TestSystem.Morning.AddDays(1).AddTicks(-1), id, breaches: "", level: 0);
        await At(system, TestSystem.Morning.AddDays(1), id, "ack", level: 0);
        await At(system, Due.AddHours(-4), id, "ack remind", level: 0);
        await At(system, Due.AddMinutes(7), id, "ack remind due urge", level: 1);
        await At(system, Due.AddDays(1), id, "ack remind due urge leader", level: 2);
        await At(system, Due.AddDays(100), id, "ack remind due urge leader", level: 2);

        var task = await system.TaskOf(id);
        Assert.Equal((TestSystem.Morning.AddDays(1), Due), (task.AckBreachedAt, task.OverdueSince));
        Assert.Empty(await Timers(system, id));
    }

    [Fact]
    public async Task An_occurrence_that_nobody_files_is_missed_at_the_start_of_the_next_one()
    {
        await using var system = await TestSystem.Start(database);
        var task = (await system.Tasks(task => task.Kind == "recurring" && task.Plan == "taiping-2020-3"))[0];
        var cutOff = new DateTimeOffset(2020, 1, 24, 8, 0, 0, TimeSpan.FromHours(8));

        system.Clock.Now = cutOff.AddTicks(-1);
        await system.RunDue();
        Assert.Equal(TaskState.InProgress, (await system.TaskOf(task.Id)).State);
        system.Clock.Now = cutOff.AddSeconds(9);
        await system.RunDue();

        var missed = await system.TaskOf(task.Id);
        Assert.Equal((TaskState.Missed, cutOff, false), (missed.State, missed.MissedAt, missed.OnTime));
        Assert.Empty(await Timers(system, task.Id));
    }

    [Fact]
    public async Task Fires_each_due_timer_once_when_two_sweeps_race()
    {
        await using var system = await TestSystem.Start(database);
        var other = await system.AnotherNode();
        system.Pass(TimeSpan.FromDays(9));

        await Task.WhenAll(system.RunDue(), other.RunDue(), system.RunDue(), other.RunDue());
        await other.RunDue();

        var happened = await system.Read(db => db.Audit.Where(entry => entry.TaskSequence != null && entry.Actor == "scheduler")
            .Select(entry => new { entry.TaskId, entry.Action, entry.Payload }).ToListAsync());
        var facts = happened.Select(entry => $"{entry.TaskId} {entry.Action} {TaskEvents.Read(entry.Payload) switch { Escalated rung => rung.Rung, _ => "" }}").ToList();
        Assert.Equal(facts.Count, facts.Distinct().Count());
        Assert.Contains(facts, fact => fact.EndsWith("leader", StringComparison.Ordinal));
        var now = system.Clock.Now;
        var (late, inTime) = (await system.Tasks(task => task.State == TaskState.PendingAck && task.AckBy <= now), await system.Tasks(task => task.State == TaskState.PendingAck && task.AckBy > now));
        Assert.NotEmpty(late);
        Assert.All(late, task => Assert.NotNull(task.AckBreachedAt));
        Assert.All(inTime, task => Assert.Null(task.AckBreachedAt));
        Assert.Equal(0, await system.Read(db => db.Timers.CountAsync(timer => timer.DueAt <= system.Clock.Now)));
        await other.Stop();
    }

    [Fact]
    public async Task Closing_takes_the_timer_with_it()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var id = (await system.Assign(review: false)).Id;
        Assert.Single(await Timers(system, id));

        await system.Finish(id);

        Assert.Empty(await Timers(system, id));
        system.Pass(TimeSpan.FromDays(10));
        Assert.Equal(0, (await system.RunDue()).Timers);
    }

    [Fact]
    public async Task Nothing_happens_to_a_task_after_its_closing_however_close_the_race()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var other = await system.AnotherNode();
        var (rounds, untouched, escalated, lead) = (Environment.GetEnvironmentVariable("TASKMATRIX_LONG") == "1" ? 50 : 2, 0, 0, 0);
        for (var round = 0; round < rounds || (Math.Min(untouched, escalated) == 0 && round < 10 * rounds); round++)
        {
            var due = system.Clock.Now.AddDays(3);
            var tasks = new List<Guid>();
            for (var n = 0; n < 20; n++)
            {
                tasks.Add((await system.Assign(review: false, dueAt: due)).Id);
                await system.Acknowledge(tasks[n]);
            }

            system.Clock.Now = due;
            await Task.WhenAll([.. tasks.Select(async id => { await Task.Delay(Math.Max(0, -lead)); await system.Submit(id); }), Sweep(other, lead), Sweep(system, lead)]);

            var rungs = 0;
            foreach (var id in tasks)
            {
                var events = await system.Events(id);
                Assert.IsType<Submitted>(events[^1]);
                Assert.Single(events.OfType<BecameOverdue>());
                Assert.InRange(events.OfType<Escalated>().Count(), 0, 2);
                Assert.Empty(await Timers(system, id));
                rungs += events.OfType<Escalated>().Any() ? 1 : 0;
            }

            // Whoever was late for most begins before the other in the next round.
            (untouched, escalated, lead) = (untouched + tasks.Count - rungs, escalated + rungs, lead + (rungs > tasks.Count / 2 ? 3 : -3));
        }

        Assert.True(untouched > 0 && escalated > 0, $"the closing was first {untouched} times, the timer {escalated} times");
        await other.Stop();
    }

    [Fact]
    public async Task A_poisoned_task_is_set_aside_after_five_attempts_and_the_others_go_on()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var (poisoned, sound) = ((await system.Assign(dueAt: Due)).Id, (await system.Assign(dueAt: Due)).Id);
        await system.Tamper($"UPDATE tasks SET zone = 'Nowhere/At_All' WHERE id = {poisoned}");

        system.Clock.Now = TestSystem.Morning.AddDays(1);
        await system.RunDue();
        Assert.NotNull((await system.TaskOf(sound)).AckBreachedAt);
        for (var attempt = 1; attempt < 5; attempt++)
        {
            var waiting = Assert.Single(await Timers(system, poisoned));
            Assert.Equal((attempt, false), (waiting.Attempts, waiting.SetAside));
            system.Pass(TimeSpan.FromMinutes(Math.Pow(2, attempt)));
            await system.RunDue();
        }

        var aside = Assert.Single(await Timers(system, poisoned));
        Assert.True(aside.SetAside);
        Assert.Contains("Nowhere/At_All", aside.LastError);
        system.Clock.Now = Due;
        await system.RunDue();
        Assert.NotNull((await system.TaskOf(sound)).OverdueSince);

        await system.Tamper($"UPDATE tasks SET zone = 'Asia/Shanghai' WHERE id = {poisoned}");
        await system.Send(new RetryJob.Command(poisoned), People.Office);
        await system.RunDue();
        Assert.NotNull((await system.TaskOf(poisoned)).OverdueSince);
    }

    /// <summary>On PostgreSQL two lanes fire beside each other; both meet the poisoned one and nothing is tried or told twice.</summary>
    [Fact]
    public async Task One_poisoned_task_among_many_batches_is_tried_once_and_each_other_fires_once()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        for (var n = 0; n < 40; n++)
        {
            await system.Assign(dueAt: Due);
        }

        var due = await system.Read(db => db.Timers.OrderBy(timer => timer.DueAt).ThenBy(timer => timer.TaskId).Select(timer => timer.TaskId).ToListAsync());
        var poisoned = due[20];
        await system.Tamper($"UPDATE tasks SET zone = 'Nowhere/At_All' WHERE id = {poisoned}");
        system.Clock.Now = TestSystem.Morning.AddDays(1);
        var (requests, clock, health) = (system.Services.GetRequiredService<SweepRequests>(), system.Services.GetRequiredService<DomainClock>(), system.Services.GetRequiredService<SweepHealth>());

        var work = await new TimerSweep(requests, system.Options, clock, health, NullLogger<TimerSweep>.Instance) { Batch = 5 }.Fire(CancellationToken.None);

        Assert.Equal(39, work.Timers);
        foreach (var id in due.Where(id => id != poisoned))
        {
            Assert.Single((await system.Events(id)).OfType<AckBreached>());
        }

        Assert.Equal(1, Assert.Single(await Timers(system, poisoned)).Attempts);
    }

    [Fact]
    public async Task A_ladder_published_later_moves_the_rung_and_loses_none()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var id = (await system.Assign(dueAt: Due)).Id;
        await system.Acknowledge(id);
        var later = Shipped.TextOf("escalations.standard").Replace("-PT4H", "-PT2H", StringComparison.Ordinal);
        await Ship(system, "escalations.standard", later);

        system.Clock.Now = Due.AddHours(-4);
        await system.RunDue();
        Assert.Empty((await system.Events(id)).OfType<Escalated>());
        system.Clock.Now = Due.AddHours(-2);
        await system.RunDue();

        Assert.Equal("remind", Assert.Single((await system.Events(id)).OfType<Escalated>()).Rung);
    }

    [Fact]
    public async Task An_extension_granted_moves_every_rung_and_suspending_erases_no_breach()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var (id, later) = ((await system.Assign(dueAt: Due)).Id, Due.AddDays(2));
        await system.Acknowledge(id);
        system.Clock.Now = Due.AddHours(-5);
        await system.Send(new RequestExtension.Command(id, null, "人手不足", "过半", later), People.Liaison("education"));
        await system.Send(new DecideExtension.Command(id, null, true, null, "同意"), People.Office);

        await At(system, Due.AddDays(1), id, breaches: "", level: 0);
        await At(system, later.AddHours(-4), id, "remind", level: 0);
        await At(system, later, id, "remind due urge", level: 1);
        await system.Send(new SuspendTask.Command(id, null, "等待检测", null), People.Office);
        await At(system, later.AddDays(9), id, "remind due urge", level: 1);
        Assert.Equal(later, (await system.TaskOf(id)).OverdueSince);
        await system.Send(new ResumeTask.Command(id, null), People.Office);
        Assert.Equal((later, 1), ((await system.TaskOf(id)).OverdueSince, (await system.TaskOf(id)).EscalationLevel));
    }

    /// <summary>As a newer version of the program does when it starts.</summary>
    private static async Task Ship(TestSystem system, string id, string text)
    {
        await using var scope = system.Services.CreateAsyncScope();
        var (session, publisher) = (scope.ServiceProvider.GetRequiredService<Session>(), scope.ServiceProvider.GetRequiredService<DefinitionPublisher>());
        await scope.ServiceProvider.GetRequiredService<IWriteGate>().Run(
            async (db, ct) =>
            {
                using var writing = session.Write(db);
                await publisher.PublishShipped([new DefinitionFile(id, id, text)], system.Clock.Now, ct);
                await publisher.Apply(ct);
                return true;
            },
            CancellationToken.None);
    }

    private static async Task At(TestSystem system, DateTimeOffset moment, Guid id, string breaches, int level)
    {
        system.Clock.Now = moment;
        await system.RunDue();
        await system.RunDue();
        var happened = (await system.Events(id)).Select(one => one switch
        {
            AckBreached => "ack",
            BecameOverdue => "due",
            Escalated rung => rung.Rung,
            _ => null,
        });
        Assert.Equal((breaches, level), (string.Join(' ', happened.OfType<string>()), (await system.TaskOf(id)).EscalationLevel));
    }

    private static async Task Sweep(TestSystem system, int milliseconds)
    {
        await Task.Delay(Math.Max(0, milliseconds));
        await system.RunDue();
    }

    private static Task<List<StoredTimer>> Timers(TestSystem system, Guid task) => system.Read(db => db.Timers.Where(timer => timer.TaskId == task).ToListAsync());
}
