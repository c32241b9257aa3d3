using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Schedules;

/// <summary>Two processes on one PostgreSQL.</summary>
public sealed class TwoNodesTests
{
    [Fact]
    public async Task Two_nodes_whose_clocks_differ_make_each_occurrence_and_each_rung_once()
    {
        await using var one = await TestSystem.Start(new PostgresDatabase());
        await using var two = await TestSystem.Attach(one.Options, TestSystem.Morning.AddSeconds(2));
        var midnight = new DateTimeOffset(2020, 1, 24, 0, 0, 0, TimeSpan.FromHours(8));
        foreach (var day in new[] { 0, 1, 2, 8 })
        {
            foreach (var hour in new[] { 8, 9, 17 })
            {
                foreach (var seconds in new[] { -1, 0, 1, 3 })
                {
                    one.Clock.Now = midnight.AddDays(day).AddHours(hour).AddSeconds(seconds);
                    two.Clock.Now = one.Clock.Now.AddSeconds(2);
                    await Task.WhenAll(one.RunDue(), two.RunDue());
                }
            }
        }

        var keys = (await one.Tasks(task => task.Occurrence != null)).ConvertAll(task => (task.Duty, task.IssuedTo, task.Occurrence, task.Activation, task.Step));
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.Contains(keys, key => key.Occurrence == "2020-02-01");
        var happened = await one.Read(db => db.Audit.Where(entry => entry.TaskSequence != null && entry.Actor == "scheduler").Select(entry => new { entry.TaskId, entry.Action, entry.Payload }).ToListAsync());
        var facts = happened.ConvertAll(entry => $"{entry.TaskId} {entry.Action} {(TaskEvents.Read(entry.Payload) as Escalated)?.Rung}");
        Assert.Equal(facts.Count, facts.Distinct().Count());
        Assert.Contains(facts, fact => fact.EndsWith(" leader", StringComparison.Ordinal));
        Assert.Empty(await one.Read(db => db.Timers.Where(timer => timer.Attempts > 0).ToListAsync()));
        Assert.True((await two.Send(new VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task A_node_that_stands_still_in_a_transaction_loses_it_to_the_others()
    {
        await using var stale = await Impatient();
        await using var other = await TestSystem.Attach(stale.Options, TestSystem.Morning);
        var task = await stale.Assign();
        var (standing, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var held = stale.Services.GetRequiredService<IWriteGate>().Run(
            async (db, ct) =>
            {
                await db.Database.ExecuteSqlAsync($"UPDATE tasks SET title = '旧' WHERE id = {task.Id}", ct);
                await db.Database.ExecuteSqlAsync($"UPDATE chain_heads SET sequence = sequence + 1 WHERE unit = 'education'", ct);
                standing.TrySetResult();
                await goOn.Task;
                return await db.Database.ExecuteSqlAsync($"UPDATE tasks SET title = '更旧' WHERE id = {task.Id}", ct);
            },
            CancellationToken.None);
        await standing.Task;

        var acknowledged = await other.Acknowledge(task.Id);
        goOn.SetResult();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => held);
        Assert.Equal((TaskState.InProgress, task.Title), ((await other.TaskOf(task.Id)).State, (await other.TaskOf(task.Id)).Title));
        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => stale.Send(new UrgeTask.Command(task.Id, task.Version, null), People.Office));
        Assert.Equal("task.version-conflict", refused.Code);
        Assert.Equal(2, acknowledged.Version);
        Assert.True((await stale.Send(new VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task A_migration_that_only_adds_is_applied_under_a_running_older_node()
    {
        await using var older = await TestSystem.Start(new PostgresDatabase());
        var work = new SteadyWork(older);

        await using (var owner = new NpgsqlConnection(older.Options.Postgres))
        {
            await owner.OpenAsync();
            await using var add = new NpgsqlCommand(
                """
                BEGIN; SET LOCAL lock_timeout = '10s';
                ALTER TABLE tasks ADD COLUMN added_later text; ALTER TABLE audit ADD COLUMN added_later text; CREATE TABLE things_added_later (id int PRIMARY KEY);
                INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Later', '10.0.14'); COMMIT;
                """, owner);
            await add.ExecuteNonQueryAsync();
        }

        await work.GoOn();
        await work.End();
        await older.RunDue();
        Assert.True((await older.Send(new VerifyRecord.Query())).Ok);
        Assert.Equal("store.newer", (await Assert.ThrowsAsync<StoreRefusedException>(() => Schema.Apply(older.Options, CancellationToken.None))).Code);
    }

    /// <summary>The program's own migration, by the program's own way, over a node whose people do not stop.</summary>
    [Fact]
    public async Task The_newest_migration_is_applied_under_a_node_whose_people_go_on()
    {
        await using var node = await TestSystem.Start(new PostgresDatabase());
        await using var db = new PostgresStore(new DbContextOptionsBuilder<PostgresStore>().UseNpgsql(node.Options.Postgres).Options);
        var all = db.Database.GetMigrations().ToList();
        await db.GetService<IMigrator>().MigrateAsync(all[^2]);
        var work = new SteadyWork(node);
        await work.GoOn();

        await Schema.Apply(node.Options, CancellationToken.None);

        Assert.Equal(all, await db.Database.GetAppliedMigrationsAsync());
        await work.GoOn();
        await work.End();
        await node.RunDue();
        Assert.True((await node.Send(new VerifyRecord.Query())).Ok);
    }

    /// <summary>Four people who make and finish tasks without a pause.</summary>
    private sealed class SteadyWork
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _people;
        private int _done;

        public SteadyWork(TestSystem system) => _people = Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (!_stop.IsCancellationRequested)
            {
                await system.Finish((await system.Assign()).Id);
                Interlocked.Increment(ref _done);
            }
        }));

        /// <summary>Until each could do something more.</summary>
        public async Task GoOn()
        {
            for (var before = Volatile.Read(ref _done); Volatile.Read(ref _done) < before + 4;)
            {
                Assert.False(_people.IsFaulted, _people.Exception?.ToString());
                await Task.Delay(TimeSpan.FromMilliseconds(10));
            }
        }

        public async Task End()
        {
            await _stop.CancelAsync();
            await _people;
            _stop.Dispose();
        }
    }

    /// <summary>Five seconds instead of twenty.</summary>
    private static async Task<TestSystem> Impatient()
    {
        var system = await TestSystem.Start(new PostgresDatabase(), activate: false);
        var options = new AppOptions
        {
            DataFolder = system.Options.DataFolder, ContentFolder = system.Options.ContentFolder,
            Postgres = new NpgsqlConnectionStringBuilder(system.Options.Postgres) { Options = "-c idle_in_transaction_session_timeout=5000" }.ToString(),
        };
        await system.Stop();
        return await TestSystem.Attach(options, TestSystem.Morning);
    }
}
