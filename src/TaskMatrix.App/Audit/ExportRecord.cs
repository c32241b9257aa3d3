using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Audit;

/// <summary>
/// Writes the record as JSON lines: one line that says what was asked for, one an entry in the order of its chain, one with the
/// heads. <c>payload</c> stands there byte for byte, so its SHA-256 is the entry's hash; no code of ours is needed to check it.
/// </summary>
public static class ExportRecord
{
    /// <param name="Jurisdiction">Null: all.</param>
    /// <param name="From">Entries at or after; null: from the first.</param>
    /// <param name="To">Entries before; null: to the newest. Heads are those of the moment of the export in any case.</param>
    public sealed record Query(string? Jurisdiction, DateTimeOffset? From, DateTimeOffset? To, TextWriter Output) : IRequest<long>;

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(query => query.To).Must((query, to) => query.From < to)
            .When(query => query.From is not null && query.To is not null).WithErrorCode("query.unknown-value");
    }

    internal sealed class Handler(Session session, TimeProvider wall) : IRequestHandler<Query, long>
    {
        /// <returns>Entries written.</returns>
        public async Task<long> Handle(Query query, CancellationToken ct)
        {
            await using var snapshot = await Snapshot.Begin(session.Db, ct);
            await query.Output.WriteLineAsync(JsonSerializer.Serialize(new { export = new { query.Jurisdiction, query.From, query.To, takenAt = wall.GetUtcNow() } }, JsonColumn.Options));
            var count = await WriteEntries(query, ct);
            var heads = (await session.Db.ChainHeads.AsNoTracking().Where(head => query.Jurisdiction == null || head.Jurisdiction == query.Jurisdiction)
                .OrderBy(head => head.Jurisdiction).ThenBy(head => head.Unit).ToListAsync(ct)).Select(head => new ExportedHead(ChainCheck.Name(head.Jurisdiction, head.Unit), head.Sequence, head.Hash));
            await query.Output.WriteLineAsync(JsonSerializer.Serialize(new { heads, entries = count }, JsonColumn.Options));
            return count;
        }

        private async Task<long> WriteEntries(Query query, CancellationToken ct)
        {
            var entries = session.Db.Audit.AsNoTracking().Where(entry =>
                (query.Jurisdiction == null || entry.Jurisdiction == query.Jurisdiction) && (query.From == null || entry.At >= query.From) && (query.To == null || entry.At < query.To));
            var count = 0L;
            await foreach (var entry in entries.OrderBy(entry => entry.Jurisdiction).ThenBy(entry => entry.Unit).ThenBy(entry => entry.Sequence).AsAsyncEnumerable().WithCancellation(ct))
            {
                await query.Output.WriteLineAsync($"{{\"hash\":\"{entry.Hash}\",\"payload\":{entry.Payload}}}");
                count++;
            }

            return count;
        }
    }
}
