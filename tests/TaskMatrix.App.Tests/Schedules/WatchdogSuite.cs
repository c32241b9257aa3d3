using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;

namespace TaskMatrix.App.Tests.Schedules;

public sealed class WatchdogOnSqlite() : WatchdogSuite(new SqliteDatabase());

public sealed class WatchdogOnPostgres() : WatchdogSuite(new PostgresDatabase())
{
    [Fact]
    public async Task Lets_be_while_another_node_sweeps()
    {
        await using var silent = await TestSystem.Start(Database);
        await using var other = await TestSystem.Attach(silent.Options, TestSystem.Morning);
        var watchdog = Of(silent);
        for (var n = 0; n < 5; n++)
        {
            silent.Pass(DueSweep.Interval);
            other.Clock.Now = silent.Clock.Now.AddSeconds(-2);
            await other.Beat();
            Assert.False(await watchdog.Look(CancellationToken.None));
        }

        Assert.True(silent.Services.GetRequiredService<SweepHealth>().Alive);
        silent.Pass(2 * DueSweep.Interval);
        Assert.True(await watchdog.Look(CancellationToken.None));

        // A clock a day ahead, noted, mutes nobody.
        other.Clock.Now = silent.Clock.Now.AddDays(1);
        await other.Beat();
        Assert.False(await watchdog.Look(CancellationToken.None));
        silent.Pass(2 * DueSweep.Interval);
        Assert.True(await watchdog.Look(CancellationToken.None));
    }
}

/// <summary>The scheduler's rows are gone or its threads stand still: here it never ticks at all.</summary>
public abstract class WatchdogSuite(ITestDatabase database)
{
    protected ITestDatabase Database { get; } = database;

    [Fact]
    public async Task What_is_due_happens_within_two_intervals_although_the_scheduler_is_silent()
    {
        await using var system = await TestSystem.Start(Database);
        var (watchdog, health) = (Of(system), system.Services.GetRequiredService<SweepHealth>());
        system.Clock.Now = new DateTimeOffset(2020, 1, 24, 7, 59, 59, TimeSpan.FromHours(8));
        await system.Beat();
        Assert.False(await watchdog.Look(CancellationToken.None));

        system.Pass(DueSweep.Interval / 2);
        Assert.False(await watchdog.Look(CancellationToken.None));
        system.Pass(DueSweep.Interval);
        Assert.True(await watchdog.Look(CancellationToken.None));

        Assert.NotEmpty(await system.Tasks(task => task.Occurrence == "2020-01-24"));
        Assert.Equal(system.Clock.Now, health.RescuedSince);
        Assert.True(health.Alive);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_stops_no_sweep()
    {
        await using var system = await TestSystem.Start(Database);
        var (watchdog, health) = (Of(system), system.Services.GetRequiredService<SweepHealth>());
        await system.Beat();
        Assert.False(await watchdog.Look(CancellationToken.None));

        system.Clock.Now -= TimeSpan.FromDays(1);
        Assert.True(health.Alive);
        system.Pass(2 * DueSweep.Interval);
        Assert.True(await watchdog.Look(CancellationToken.None));

        system.Clock.Now -= TimeSpan.FromDays(1);
        system.Pass(SweepHealth.Patience);
        Assert.False(health.Alive);
    }

    protected static SweepWatchdog Of(TestSystem system) => ActivatorUtilities.CreateInstance<SweepWatchdog>(system.Services);
}
