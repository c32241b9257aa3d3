using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Schedules;

/// <summary>
/// The second hand of the clock, with no row and no thread of the scheduler's: when nobody has swept for one and a half
/// intervals, on any node, it sweeps, so what is due happens within two.
/// </summary>
public sealed class SweepWatchdog(IServiceScopeFactory scopes, AppOptions options, Sweeper sweeper, SweepHealth health, TimeProvider wall, ILogger<SweepWatchdog> log)
    : BackgroundService
{
    private static readonly TimeSpan Patience = DueSweep.Interval * 1.5;

    private string? _noted;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(DueSweep.Interval / 2, wall);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Look(stoppingToken);
        }
    }

    /// <returns>Whether it had to sweep.</returns>
    public async Task<bool> Look(CancellationToken ct)
    {
        try
        {
            await LookElsewhere(ct);
            if (health.Silence < Patience)
            {
                return false;
            }

            log.LogWarning("Nobody has swept for {Silence}; the watchdog does", health.Silence);
            health.Rescued();
            await sweeper.Beat(ct);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "The watchdog could not sweep and will try again");
            health.Failed(e);
            return false;
        }
    }

    /// <summary>A note that differs from the one before is of a sweep; by what clock it was written does not matter.</summary>
    private async Task LookElsewhere(CancellationToken ct)
    {
        if (options.Postgres is null)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var last = await scope.ServiceProvider.GetRequiredService<Session>().Db.Settings
            .Where(setting => setting.Key == StoredSetting.LastSweep).Select(setting => setting.Value).SingleOrDefaultAsync(ct);
        if (last is not null && last != _noted && (health.LastSweepAt is not { } own || last != StoredSetting.Text(own)))
        {
            health.Heard();
        }

        _noted = last;
    }
}

/// <summary>Tells the other nodes that somebody sweeps.</summary>
public static class NoteSweep
{
    public sealed record Command(DateTimeOffset At) : IRequest<bool>, ICommand;

    internal sealed class Handler(Session session) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            await StoredSetting.Keep(session.Db, StoredSetting.LastSweep, StoredSetting.Text(command.At), ct);
            return true;
        }
    }
}
