using Microsoft.EntityFrameworkCore;
using TaskMatrix.Benchmarks.Measuring;

namespace TaskMatrix.Benchmarks.Figures;

/// <summary>Two applications on one PostgreSQL, against one with as many clients; no number or entry may come twice.</summary>
internal sealed class TwoNodes(BenchSystem first, BenchSystem second, TimeSpan side) : Comparison
{
    private const int Count = 8;

    private readonly BenchSystem _first = first, _second = second;

    private int _each = 4;

    public static async Task<Comparison> Prepare(Workplace place, CancellationToken ct)
    {
        var connection = await Postgres.NewDatabase(ct);
        var nodes = new TwoNodes(
            await BenchSystem.Start(place.NewFolder("node"), connection), await BenchSystem.Start(place.NewFolder("node"), connection, activate: false), place.Side);
        await nodes.Numerator(ct);
        await nodes.Denominator(ct);
        return nodes;
    }

    public override async Task<double> Numerator(CancellationToken ct)
    {
        var tasks = await TaskActions.Tasks(_first, Count, _each);
        var rate = await Clients.Time(async () =>
        {
            await Task.WhenAll(TaskActions.Rate(_first, tasks[..(Count / 2)]), TaskActions.Rate(_second, tasks[(Count / 2)..], Count / 2));
            return Count * _each * TaskActions.OfEach;
        });
        Facts["duplicates"] = await _first.Read(async db =>
            await db.Tasks.CountAsync() - await db.Tasks.Select(task => task.Number).Distinct().CountAsync()
            + await db.Audit.CountAsync() - await db.Audit.Select(entry => new { entry.Jurisdiction, entry.Unit, entry.Sequence }).Distinct().CountAsync());
        return Facts["duplicates"] == 0 ? rate : throw new InvalidOperationException($"{Facts["duplicates"]} numbers or places in a chain came twice");
    }

    public override async Task<double> Denominator(CancellationToken ct)
    {
        var tasks = await TaskActions.Tasks(_first, Count, _each);
        var rate = await TaskActions.Rate(_first, tasks);
        _each = Math.Max(2, (int)(rate * side.TotalSeconds / TaskActions.OfEach / Count));
        return rate;
    }

    public override async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }
}
