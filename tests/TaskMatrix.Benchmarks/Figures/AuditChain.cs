using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;
using TaskMatrix.Benchmarks.Measuring;

namespace TaskMatrix.Benchmarks.Figures;

/// <summary>Actions of 32 clients on SQLite with the record, against the same without it.</summary>
internal sealed class AuditChain(BenchSystem with, BenchSystem without, TimeSpan side) : Comparison
{
    private const int Count = 32;

    private int _each = 4;

    public static async Task<Comparison> Prepare(Workplace place, CancellationToken ct)
    {
        var chain = new AuditChain(
            await BenchSystem.Start(place.NewFolder("with")),
            await BenchSystem.Start(place.NewFolder("without"), adjust: services => services.AddScoped<AuditWriter, NoRecord>()), place.Side);
        await chain.Numerator(ct);
        await chain.Denominator(ct);
        return chain;
    }

    public override Task<double> Numerator(CancellationToken ct) => Rate(with);

    public override Task<double> Denominator(CancellationToken ct) => Rate(without);

    public override async ValueTask DisposeAsync()
    {
        await with.DisposeAsync();
        await without.DisposeAsync();
    }

    private async Task<double> Rate(BenchSystem system)
    {
        var tasks = await TaskActions.Tasks(system, Count, _each);
        var rate = await TaskActions.Rate(system, tasks);
        _each = Math.Max(2, (int)(rate * side.TotalSeconds / TaskActions.OfEach / Count));
        return rate;
    }

    /// <summary>Only here: an application always keeps its record.</summary>
    private sealed class NoRecord(Session session) : AuditWriter(session)
    {
        public override Task Append(IReadOnlyCollection<AuditDraft> drafts, CancellationToken ct) => Task.CompletedTask;

        internal override Task Write(CancellationToken ct) => Task.CompletedTask;
    }
}
