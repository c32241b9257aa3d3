using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Schedules;
using TaskMatrix.Benchmarks.Measuring;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Benchmarks.Figures;

/// <summary>Occurrences of many days made in one go, against tasks made in a commit of their own by one client.</summary>
internal sealed class Materialising(BenchSystem system, TimeSpan side) : Comparison
{
    /// <summary>The policy of the seed makes what was missed in the last days; more would be skipped and not made.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromDays(2);

    public static async Task<Comparison> Prepare(Workplace place, CancellationToken ct)
    {
        var materialising = new Materialising(await BenchSystem.Start(place.NewFolder("materialise")), place.Side);
        await materialising.Numerator(ct);
        return materialising;
    }

    public override async Task<double> Numerator(CancellationToken ct)
    {
        system.Clock.Now += Step;
        return await Clients.Time(async () => (await system.Send(new MaterialiseDue.Command(), Actor.Scheduler("taiping"))).Created);
    }

    /// <summary>Nothing shares a commit with the one client.</summary>
    public override Task<double> Denominator(CancellationToken ct) => Clients.Run(1, side, async _ =>
    {
        await Lifecycle.Create(system, "education");
        return 1;
    });

    public override async ValueTask DisposeAsync()
    {
        Facts["tasks"] = await system.Read(db => db.Tasks.CountAsync());
        await system.DisposeAsync();
    }
}
