using System.Globalization;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Audit;

/// <summary>The record of a jurisdiction, the newest entry first.</summary>
public static class ListAudit
{
    /// <param name="Jurisdiction">Null: the caller's.</param>
    /// <param name="Unit">Whose chain; null: every chain.</param>
    /// <param name="Actor">User name, whole.</param>
    /// <param name="From">Entries at or after; <paramref name="To"/>: before.</param>
    public sealed record Query(string? Jurisdiction, string? Unit, string? Actor, string? Action, DateTimeOffset? From, DateTimeOffset? To, Paging Paging)
        : IRequest<ListPage<AuditEntryView>>
    {
        /// <summary>A whole chain has an order of its own, which costs no search.</summary>
        internal bool ByChain => Unit is not null && Actor is null && Action is null && From is null && To is null;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(query => query.To).Must((query, to) => query.From < to)
            .When(query => query.From is not null && query.To is not null).WithErrorCode("query.unknown-value");
    }

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Query, ListPage<AuditEntryView>>
    {
        public async Task<ListPage<AuditEntryView>> Handle(Query query, CancellationToken ct)
        {
            var place = AuditAccess.Require(user.Actor, query.Jurisdiction);
            var after = query.Paging.After() is { } at ? (at.Moment, Place: PlaceOf(at.Key)) : ((long Moment, long Place)?)null;
            var entries = Narrow(session.Db.Audit.AsNoTracking().Where(entry => entry.Jurisdiction == place), query);
            var rows = await (query.ByChain ? InChain(entries, after?.Place) : InTime(entries, after)).Take(query.Paging.Size + 1).ToListAsync(ct);
            return query.Paging.Cut(
                rows, AuditEntryView.Of, entry => (entry.At.UtcTicks, (query.ByChain ? entry.Sequence : entry.Id).ToString(CultureInfo.InvariantCulture)));
        }

        private static IQueryable<AuditEntry> Narrow(IQueryable<AuditEntry> entries, Query query)
        {
            entries = query.Unit is null ? entries : entries.Where(entry => entry.Unit == query.Unit);
            entries = query.Actor is null ? entries : entries.Where(entry => entry.Actor == query.Actor);
            entries = query.Action is null ? entries : entries.Where(entry => entry.Action == query.Action);
            entries = query.From is { } from ? entries.Where(entry => entry.At >= from) : entries;
            return query.To is { } to ? entries.Where(entry => entry.At < to) : entries;
        }

        private static IQueryable<AuditEntry> InChain(IQueryable<AuditEntry> entries, long? last) =>
            (last is { } place ? entries.Where(entry => entry.Sequence < place) : entries).OrderByDescending(entry => entry.Sequence);

        private static IQueryable<AuditEntry> InTime(IQueryable<AuditEntry> entries, (long Moment, long Place)? last)
        {
            if (last is { } at)
            {
                var moment = new DateTimeOffset(at.Moment, TimeSpan.Zero);
                entries = entries.Where(entry => entry.At <= moment && (entry.At < moment || entry.Id < at.Place));
            }

            return entries.OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id);
        }

        private static long PlaceOf(string key) => long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? place
            : throw new ValidationException([new ValidationFailure("cursor", "paging.cursor") { ErrorCode = "paging.cursor" }]);
    }
}
