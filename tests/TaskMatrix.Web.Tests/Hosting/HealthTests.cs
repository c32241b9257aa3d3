using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Schedules;

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

    private static async Task<(string Heartbeat, string Database)> Ready(RunningApi api, int status)
    {
        var checks = (await api.Anonymous.Get("/health/ready")).Ok(status)["checks"]!;
        return (checks["heartbeat"]!.Text("status"), checks["database"]!.Text("status"));
    }
}
