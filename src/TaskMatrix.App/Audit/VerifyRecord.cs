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

    internal sealed class Handler(AppOptions options, Session session) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            // Before the snapshot: a head that is exported meanwhile is then not looked for.
            if (ReadExported(out var unreadable) is not { } exported)
            {
                return new Result(false, 0, 0, unreadable);
            }

            await using var snapshot = await Snapshot.Begin(session.Db, ct);
            var chains = new ChainCheck(await session.Db.ChainHeads.AsNoTracking().ToListAsync(ct), exported);
            var broken = await Walk(chains, ct) ?? await new ReplayCheck(session.Db).Run(ct) ?? await new InspectionReplay(session.Db).Run(ct);
            return new Result(broken is null, chains.Entries, chains.Chains, broken);
        }

        private async Task<BrokenEntry?> Walk(ChainCheck chains, CancellationToken ct)
        {
            var entries = session.Db.Audit.AsNoTracking().OrderBy(entry => entry.Jurisdiction).ThenBy(entry => entry.Unit).ThenBy(entry => entry.Sequence);
            await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(ct))
            {
                if (chains.Next(entry) is { } broken)
                {
                    return broken;
                }
            }

            return chains.End();
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
