using System.Diagnostics;
using TaskMatrix.Benchmarks.Measuring;

namespace TaskMatrix.Benchmarks.Figures;

/// <summary>From the start of the process on a seeded folder to the first page.</summary>
internal sealed class ColdStart(string folder) : Comparison
{
    public static async Task<Comparison> Prepare(Workplace place, CancellationToken ct)
    {
        var folder = place.NewFolder("cold");
        await (await ServerProcess.TaskMatrix(folder, ct)).DisposeAsync();
        return new ColdStart(folder);
    }

    public override bool WarmsUp => false;

    public override async Task<double> Numerator(CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        await using var server = await ServerProcess.TaskMatrix(folder, ct);
        return watch.Elapsed.TotalSeconds;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Memory of a server that has seeded a new folder and answered its first page.</summary>
internal sealed class WorkingSet(Workplace place) : Comparison
{
    public static Task<Comparison> Prepare(Workplace place, CancellationToken ct) => Task.FromResult<Comparison>(new WorkingSet(place));

    public override bool WarmsUp => false;

    public override async Task<double> Numerator(CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        await using var server = await ServerProcess.TaskMatrix(place.NewFolder("demo"), ct);
        Facts["firstStartSeconds"] = watch.Elapsed.TotalSeconds;
        return server.WorkingSet / 1e6;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
