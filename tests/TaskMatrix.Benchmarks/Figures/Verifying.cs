using TaskMatrix.App.Audit;
using TaskMatrix.Benchmarks.Measuring;

namespace TaskMatrix.Benchmarks.Figures;

/// <summary>How fast the whole record is checked, tasks rebuilt from it included.</summary>
internal sealed class Verifying(BenchSystem system) : Comparison
{
    public static async Task<Comparison> Prepare(Workplace place, CancellationToken ct)
    {
        var system = await BenchSystem.Start(place.NewFolder("verify"));
        await TaskActions.Rate(system, await TaskActions.Tasks(system, 32, 150));
        var verifying = new Verifying(system);
        await verifying.Numerator(ct);
        return verifying;
    }

    public override async Task<double> Numerator(CancellationToken ct)
    {
        VerifyRecord.Result? result = null;
        var rate = await Clients.Time(async () => (int)(result = await system.Send(new VerifyRecord.Query(), Lifecycle.Office)).Entries);
        Facts["entries"] = result is { Ok: true } ? result.Entries : throw new InvalidOperationException($"{result?.FirstBroken}");
        return rate;
    }

    public override ValueTask DisposeAsync() => system.DisposeAsync();
}
