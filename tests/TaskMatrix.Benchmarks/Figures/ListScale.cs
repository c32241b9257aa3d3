using System.Diagnostics;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Benchmarks.Measuring;

namespace TaskMatrix.Benchmarks.Figures;

/// <summary>What people look at all day, at 1,000,000 tasks against 10,000: the 95th percentile of each.</summary>
internal sealed class ListScale(BenchSystem large, BenchSystem small, Func<BenchSystem, int, Task> look) : Comparison
{
    private const int Looks = 60;

    private readonly BenchSystem _large = large, _small = small;

    /// <summary>A unit's open tasks, the first due first.</summary>
    public static Task<Comparison> Inbox(Workplace place, CancellationToken ct) => Prepare(place, (system, turn) => system.Send(
        new ListTasks.Query(new TaskFilter { OpenOnly = true }, null, Paging.First), Lifecycle.Liaison(Lifecycle.UnitOf(turn))));

    public static Task<Comparison> Overdue(Workplace place, CancellationToken ct) => Prepare(place, (system, _) =>
        system.Send(new ListOverdue.Query(new TaskFilter(), null, Paging.First), Lifecycle.Office));

    public static Task<Comparison> Matrix(Workplace place, CancellationToken ct) => Prepare(place, (system, _) =>
        system.Send(new GetMatrix.Query("taiping", null), Lifecycle.Office));

    public static Task<Comparison> Counts(Workplace place, CancellationToken ct) => Prepare(place, (system, _) =>
        system.Send(new CountTasks.Query(new TaskFilter()), Lifecycle.Office));

    public override Task<double> Numerator(CancellationToken ct) => NinetyFifth(_large);

    public override Task<double> Denominator(CancellationToken ct) => NinetyFifth(_small);

    public override async ValueTask DisposeAsync()
    {
        await _large.DisposeAsync();
        await _small.DisposeAsync();
    }

    private static async Task<Comparison> Prepare(Workplace place, Func<BenchSystem, int, Task> look)
    {
        var at = BenchSystem.Morning.AddHours(1);
        var scale = new ListScale(
            await BenchSystem.Start(await DataSets.History(place, 1_000_000), activate: false, at: at),
            await BenchSystem.Start(await DataSets.History(place, 10_000), activate: false, at: at), look);
        await scale.NinetyFifth(scale._small);
        await scale.NinetyFifth(scale._large);
        return scale;
    }

    /// <summary>Fewer looks where one takes long.</summary>
    private async Task<double> NinetyFifth(BenchSystem system)
    {
        var (times, whole) = (new List<double>(), Stopwatch.StartNew());
        for (var turn = 0; turn < Looks && (turn < 8 || whole.Elapsed < TimeSpan.FromSeconds(3)); turn++)
        {
            var watch = Stopwatch.StartNew();
            await look(system, turn);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return times.Order().ElementAt((int)Math.Ceiling(times.Count * 0.95) - 1);
    }
}
