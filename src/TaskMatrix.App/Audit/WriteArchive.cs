using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Audit;

/// <summary>
/// 归档: the record of a period that is over, as a zip that <c>sha256sum</c> alone can check and that its chain heads sign.
/// Nothing is taken out of the store.
/// </summary>
public static class WriteArchive
{
    /// <summary>Entries of one archive.</summary>
    public const int Most = 200_000;

    /// <param name="Jurisdiction">Null: all.</param>
    /// <param name="From">Entries at or after; <paramref name="To"/>: before, and not in the future.</param>
    /// <param name="Output">Written from its beginning to its end; need not seek.</param>
    public sealed record Query(string? Jurisdiction, DateTimeOffset From, DateTimeOffset To, Stream Output) : IRequest<Result>;

    public sealed record Result(long Entries, int Chains);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(query => query.To).GreaterThan(query => query.From).WithErrorCode("query.unknown-value");
    }

    internal sealed class Handler(AppOptions options, Session session, DomainClock clock) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var now = clock.Now;
            Require(query.To <= now, "export.period-open", "to");
            await using var snapshot = await Snapshot.Begin(session.Db, ct);
            var ranges = await Ranges(query, ct);
            Require(ranges.Sum(range => range.Last - range.First + 1) <= Most, "export.too-large", "from");
            using var archive = new ArchiveFile(query.Output);
            foreach (var range in ranges)
            {
                await foreach (var entry in EntriesOf(range).AsAsyncEnumerable().WithCancellation(ct))
                {
                    archive.Add(range, entry);
                }
            }

            var heads = await session.Db.ChainHeads.AsNoTracking().Where(head => query.Jurisdiction == null || head.Jurisdiction == query.Jurisdiction)
                .OrderBy(head => head.Jurisdiction).ThenBy(head => head.Unit).ToListAsync(ct);
            archive.Finish(heads, ArchiveReadme.Text(query.Jurisdiction, query.From, query.To, now, options.Exercise));
            return new Result(archive.Entries, ranges.Count);
        }

        /// <summary>From the first to the last entry of the period: a clock that was set back leaves no hole.</summary>
        private Task<List<ChainRange>> Ranges(Query query, CancellationToken ct) => session.Db.Audit.AsNoTracking()
            .Where(entry => (query.Jurisdiction == null || entry.Jurisdiction == query.Jurisdiction) && entry.At >= query.From && entry.At < query.To)
            .GroupBy(entry => new { entry.Jurisdiction, entry.Unit })
            .Select(chain => new ChainRange(chain.Key.Jurisdiction, chain.Key.Unit, chain.Min(entry => entry.Sequence), chain.Max(entry => entry.Sequence)))
            .ToListAsync(ct);

        private IQueryable<AuditEntry> EntriesOf(ChainRange range) => session.Db.Audit.AsNoTracking()
            .Where(entry => entry.Jurisdiction == range.Jurisdiction && entry.Unit == range.Unit && entry.Sequence >= range.First && entry.Sequence <= range.Last)
            .OrderBy(entry => entry.Sequence);

        private static void Require(bool holds, string code, string field)
        {
            if (!holds)
            {
                throw new ValidationException([new ValidationFailure(field, code, Most) { ErrorCode = code }]);
            }
        }
    }
}

/// <summary>The stretch of a chain that an archive holds; both ends are in it.</summary>
internal sealed record ChainRange(string Jurisdiction, string Unit, long First, long Last);
