using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Overdue;
using TaskMatrix.Benchmarks.Measuring;

namespace TaskMatrix.Benchmarks.Figures;

/// <summary>Fires what is due, as each sweep does.</summary>
internal static class DueTimers
{
    /// <summary>Moves the clock to where so many timers are due, and fires them.</summary>
    /// <returns>Timers a second.</returns>
    public static async Task<double> Fire(BenchSystem system, int count)
    {
        var moment = await system.Read(db => db.Timers.OrderBy(timer => timer.DueAt).Skip(count - 1).Select(timer => timer.DueAt).FirstAsync());
        system.Clock.Now = moment;
        return await Clients.Time(async () => (await system.Services.GetRequiredService<TimerSweep>().Fire(CancellationToken.None)).Timers);
    }
}

/// <summary>5,000 due among 1,000,000 open tasks, against 5,000 among 50,000.</summary>
internal sealed class TimerScale(BenchSystem large, BenchSystem small) : Comparison
{
    private const int Due = 5_000;

    private readonly BenchSystem _large = large, _small = small;

    public static async Task<Comparison> Prepare(Workplace place, CancellationToken ct)
    {
        var scale = new TimerScale(
            await BenchSystem.Start(DataSets.Copy(place, await DataSets.Open(place, 1_000_000)), activate: false),
            await BenchSystem.Start(DataSets.Copy(place, await DataSets.Open(place, 50_000)), activate: false));
        await DueTimers.Fire(scale._large, 500);
        await DueTimers.Fire(scale._small, 500);
        return scale;
    }

    public override Task<double> Numerator(CancellationToken ct) => DueTimers.Fire(_large, Due);

    public override Task<double> Denominator(CancellationToken ct) => DueTimers.Fire(_small, Due);

    public override async ValueTask DisposeAsync()
    {
        await _large.DisposeAsync();
        await _small.DisposeAsync();
    }
}
