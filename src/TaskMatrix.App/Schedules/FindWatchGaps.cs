using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.App.Schedules;

/// <summary>When, in the next seven days, nobody of a unit is on duty.</summary>
public static class FindWatchGaps
{
    /// <summary>Neither plan names shifts, so that somebody is wanted all day is an assumption and told as one.</summary>
    public static readonly Assumption WholeDay = new("coverage", "P1D", "原文未写班次，按全天有人值班计");

    private static readonly TimeSpan RosterKept = TimeSpan.FromDays(30);

    public sealed record Query(string? Jurisdiction = null, string? Unit = null) : IRequest<Result>;

    /// <param name="Units">Those with a duty to keep the watch that is carried out now, or with a shift of the last 30 days or to come.</param>
    public sealed record Result(DateTimeOffset From, DateTimeOffset To, Assumption Assumption, IReadOnlyList<UnitGaps> Units);

    public sealed record UnitGaps(string Unit, IReadOnlyList<WatchSpan> Gaps);

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var (actor, from) = (user.Actor, clock.Now);
            var to = from + WatchGaps.Ahead;
            WatchAccess.RequireReader(actor, query.Jurisdiction);
            var catalogue = await catalogues.Current(session, ct);
            var visible = WatchAccess.Visible(session.Db, actor, query.Unit).AsNoTracking();
            var since = from - RosterKept;
            var known = await visible.Where(shift => shift.StartsAt > since && shift.CancelledAt == null).Select(shift => shift.Unit).Distinct().ToListAsync(ct);
            var shifts = (await WatchAccess.Between(visible, from, to).ToListAsync(ct)).ToLookup(shift => shift.Unit, shift => new WatchSpan(shift.StartsAt, shift.EndsAt));
            var wanted = (await WatchAccess.UnitsOnWatch(session.Db, catalogue, actor.Jurisdiction, ct)).Concat(known).ToHashSet();
            return new Result(from, to, WholeDay, [.. catalogue.Set.UnitsOf(actor.Jurisdiction).Select(unit => unit.Id)
                .Where(unit => wanted.Contains(unit) && (query.Unit is null || unit == query.Unit) && (actor.Oversees || unit == actor.Unit))
                .Select(unit => new UnitGaps(unit, WatchGaps.Of(shifts[unit], from, to)))]);
        }
    }
}
