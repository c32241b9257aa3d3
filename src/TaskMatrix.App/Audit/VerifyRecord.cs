using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Audit;

/// <summary>
/// Checks the whole record: every payload against its hash, every entry against the one before it, the ends against their
/// rows and the exported heads, and every task and inspection against what its entries say. Reads one moment's state beside a running server.
/// </summary>
public static class VerifyRecord
{
    public sealed record Query : IRequest<Result>;

    /// <param name="Entries">Entries seen; all of them when the record is intact.</param>
    /// <param name="FirstBroken">Null when the record is intact.</param>
    public sealed record Result(bool Ok, long Entries, int Chains, BrokenEntry? FirstBroken);

    internal sealed class Handler(AppOptions options, IReadContexts contexts) : IRequestHandler<Query, Result>
    {
        /// <summary>Chains and tasks are checked side by side, each as of one moment: neither needs what the other sees.</summary>
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            // Before the snapshots: a head that is exported meanwhile is then not looked for.
            if (ReadExported(out var unreadable) is not { } exported)
            {
                return new Result(false, 0, 0, unreadable);
            }

            var replay = Task.Run(() => AsOfNow(async db => await new ReplayCheck(db).Run(ct) ?? await new InspectionReplay(db).Run(ct), ct), ct);
            var (chains, broken) = await Task.Run(() => AsOfNow(db => Chains(db, exported, ct), ct), ct);
            var changed = await replay;
            return new Result((broken ?? changed) is null, chains.Entries, chains.Chains, broken ?? changed);
        }

        private async Task<T> AsOfNow<T>(Func<StoreContext, Task<T>> check, CancellationToken ct)
        {
            await using var db = contexts.Create();
            await using var snapshot = await Snapshot.Begin(db, ct);
            return await check(db);
        }

        private static async Task<(ChainCheck Chains, BrokenEntry? Broken)> Chains(StoreContext db, IReadOnlyList<ExportedHead> exported, CancellationToken ct)
        {
            var chains = new ChainCheck(await db.ChainHeads.AsNoTracking().ToListAsync(ct), exported);
            await foreach (var entry in StoredEntries.All(db, ct))
            {
                if (chains.Next(entry) is { } broken)
                {
                    return (chains, broken);
                }
            }

            return (chains, chains.End());
        }

        private IReadOnlyList<ExportedHead>? ReadExported(out BrokenEntry? unreadable)
        {
            try
            {
                unreadable = null;
                return ExportedHeads.ReadAll(options);
            }
            catch (JsonException e)
            {
                unreadable = new BrokenEntry("heads", 0, $"an exported file cannot be read: {e.Message}");
                return null;
            }
        }
    }
}

/// <param name="Chain">jurisdiction/unit</param>
/// <param name="Sequence">Where it stands, or should stand, in its chain; 0 where it has no place.</param>
public sealed record BrokenEntry(string Chain, long Sequence, string Why);
