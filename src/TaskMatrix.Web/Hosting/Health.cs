using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;

namespace TaskMatrix.Web.Hosting;

/// <summary>Live: the process answers. Ready: the database answers and the heartbeat goes on.</summary>
internal static class Health
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", tags: ["ready"])
            .AddCheck<HeartbeatCheck>("heartbeat", tags: ["ready"])
            .AddCheck<QueueCheck>("queue", tags: ["ready"]);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = Write }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready"), ResponseWriter = Write }).AllowAnonymous();
    }

    private static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { status = entry.Value.Status.ToString(), entry.Value.Description }),
    });

    /// <summary>Where reads go on and writes are refused, as on a full disk, it is degraded: pages are still of use.</summary>
    internal sealed class DatabaseCheck(IReadContexts contexts, BoundedWriteGate gate) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
        {
            await using var db = contexts.Create();
            return await db.Database.CanConnectAsync(ct) && await db.Jurisdictions.AnyAsync(ct)
                ? gate.Refused is { } ago && ago < StoreWatch.Patience
                    ? HealthCheckResult.Degraded($"the database refused a write {ago.TotalSeconds:0} s ago: look at the disk and the log")
                    : HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("the database does not answer or is empty");
        }
    }

    internal sealed class HeartbeatCheck(SweepHealth sweep) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default) => Task.FromResult(
            !sweep.Alive ? HealthCheckResult.Unhealthy("deadlines are not being watched: no sweep lately")
            : sweep.RescuedSince is { } since ? HealthCheckResult.Degraded($"the scheduler does not tick since {since:O}; the watchdog does its work, last sweep {sweep.LastSweepAt:O}")
            : HealthCheckResult.Healthy($"last sweep {sweep.LastSweepAt:O}"));
    }

    /// <summary>Falling behind is told while everything still works: degraded is answered with 200.</summary>
    internal sealed class QueueCheck(StoreWatch store) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
        {
            var state = await store.Look(ct);
            var stuck = state.OldestTransaction > StoreWatch.Patience || state.OldestUnfired > StoreWatch.Patience || state.OldestUnsent > StoreWatch.Patience
                || state.SetAside > 0 || state.DeadLetters > 0;
            var words = $"oldest transaction {state.OldestTransaction.TotalSeconds:0} s, {state.Unfired} timers due and not fired, {state.SetAside} set aside, {state.Unsent} messages due and not sent, {state.DeadLetters} dead letters";
            return stuck ? HealthCheckResult.Degraded(words) : HealthCheckResult.Healthy(words);
        }
    }
}
