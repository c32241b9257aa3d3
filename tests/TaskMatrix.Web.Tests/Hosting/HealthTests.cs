using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;

namespace TaskMatrix.Web.Tests.Hosting;

public sealed class HealthTests
{
    [Fact]
    public async Task Lives_without_being_asked_who_calls()
    {
        var api = await RunningApi.Shared;
        Assert.Equal("Healthy", (await api.Anonymous.Get("/health/live")).Ok().Text("status"));
    }

    [Fact]
    public async Task Is_ready_while_deadlines_are_watched_and_no_longer_when_nobody_does()
    {
        await using var api = await RunningApi.Start();
        Assert.Equal(("Unhealthy", "Healthy"), await Ready(api, 503));

        await api.Services.GetRequiredService<Sweeper>().Beat(CancellationToken.None);
        Assert.Equal(("Healthy", "Healthy"), await Ready(api, 200));

        api.Wall.Now += SweepHealth.Patience + TimeSpan.FromSeconds(1);
        Assert.Equal(("Unhealthy", "Healthy"), await Ready(api, 503));
    }

    [Fact]
    public async Task Says_that_the_scheduler_is_silent_while_the_watchdog_does_its_work()
    {
        await using var api = await RunningApi.Start();
        await api.Services.GetRequiredService<Sweeper>().Beat(CancellationToken.None);
        api.Wall.Now += TimeSpan.FromSeconds(16);

        Assert.True(await ActivatorUtilities.CreateInstance<SweepWatchdog>(api.Services).Look(CancellationToken.None));

        Assert.Equal(("Degraded", "Healthy"), await Ready(api, 200));
    }

    [Fact]
    public async Task Tells_of_timers_that_stay_unfired_or_were_set_aside_while_everything_still_works()
    {
        await using var api = await RunningApi.Start();
        await api.Services.GetRequiredService<Sweeper>().Beat(CancellationToken.None);
        var queue = (await api.Anonymous.Get("/health/ready")).Ok()["checks"]!["queue"]!;
        Assert.Equal("Healthy", queue.Text("status"));

        await api.Services.GetRequiredService<IWriteGate>().Run(
            (db, ct) => db.Database.ExecuteSqlRawAsync("UPDATE timers SET set_aside = 1 WHERE task_id = (SELECT task_id FROM timers LIMIT 1)", ct), CancellationToken.None);
        api.Wall.Now += TimeSpan.FromDays(9);

        queue = (await api.Anonymous.Get("/health/ready")).Ok(503)["checks"]!["queue"]!;
        Assert.Equal("Degraded", queue.Text("status"));
        Assert.Matches("oldest transaction 0 s, [1-9][0-9]* timers due and not fired, 1 set aside", queue.Text("description"));
    }

    [Fact]
    public async Task Tells_of_a_transaction_that_stays_open()
    {
        await using var api = await RunningApi.Start();
        await api.Services.GetRequiredService<Sweeper>().Beat(CancellationToken.None);
        var (entered, open) = (new TaskCompletionSource(), new TaskCompletionSource<bool>());
        var held = api.Services.GetRequiredService<IWriteGate>().Run(
            (_, _) =>
            {
                entered.SetResult();
                return open.Task;
            },
            CancellationToken.None);
        await entered.Task;
        try
        {
            api.Wall.Now += StoreWatch.Patience + TimeSpan.FromSeconds(1);

            var queue = (await api.Anonymous.Get("/health/ready")).Json!["checks"]!["queue"]!;
            Assert.Equal("Degraded", queue.Text("status"));
            Assert.Matches("oldest transaction 61 s", queue.Text("description"));
        }
        finally
        {
            open.SetResult(true);
        }

        await held;
        Assert.Matches("oldest transaction 0 s", (await api.Anonymous.Get("/health/ready")).Json!["checks"]!["queue"]!.Text("description"));
    }

    private static async Task<(string Heartbeat, string Database)> Ready(RunningApi api, int status)
    {
        var checks = (await api.Anonymous.Get("/health/ready")).Ok(status)["checks"]!;
        return (checks["heartbeat"]!.Text("status"), checks["database"]!.Text("status"));
    }
}
