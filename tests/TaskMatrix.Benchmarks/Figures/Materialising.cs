using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Benchmarks.Measuring;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Benchmarks.Figures;

/// <summary>Occurrences of many days made in one go, against tasks made in a commit of their own by one client.</summary>
internal sealed class Materialising(BenchSystem system, TimeSpan side) : Comparison
{
    /// <summary>What a server that was down for so long makes when it is back, with some hundreds of tasks a day.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromDays(20);

    public static async Task<Comparison> Prepare(Workplace place, CancellationToken ct)
    {
        var materialising = new Materialising(await BenchSystem.Start(place.NewFolder("materialise")), place.Side);
        await materialising.MakeAll(ct);
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

    /// <summary>The policy of the seed makes the newest of those that were missed and skips the others.</summary>
    private Task MakeAll(CancellationToken ct) => system.Services.GetRequiredService<IWriteGate>().Run(
        (db, inside) => db.Schedules.ExecuteUpdateAsync(rows => rows.SetProperty(row => row.Policy, "all"), inside), ct);

    public override async ValueTask DisposeAsync()
    {
        Facts["tasks"] = await system.Read(db => db.Tasks.CountAsync());
        await system.DisposeAsync();
    }
}
