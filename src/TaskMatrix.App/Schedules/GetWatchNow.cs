using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.App.Schedules;

/// <summary>Who is on duty now, with what the shift before handed over. The office and the unit itself see the whole number to call.</summary>
public static class GetWatchNow
{
    /// <summary>A note older than this is no longer handed to anybody.</summary>
    private static readonly TimeSpan NoteKept = TimeSpan.FromDays(3);

    public sealed record Query(string? Jurisdiction = null, string? Unit = null) : IRequest<IReadOnlyList<WatchShiftView>>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock)
        : IRequestHandler<Query, IReadOnlyList<WatchShiftView>>
    {
        public async Task<IReadOnlyList<WatchShiftView>> Handle(Query query, CancellationToken ct)
        {
            var (actor, now) = (user.Actor, clock.Now);
            WatchAccess.RequireReader(actor, query.Jurisdiction);
            var catalogue = await catalogues.Current(session, ct);
            var recent = await WatchAccess.Between(WatchAccess.Visible(session.Db, actor, query.Unit).AsNoTracking(), now - NoteKept, now + TimeSpan.FromTicks(1)).ToListAsync(ct);
            var units = catalogue.Set.UnitsOf(actor.Jurisdiction).Select(unit => unit.Id).ToList();
            return [.. recent.Where(shift => shift.EndsAt > now).OrderBy(shift => units.IndexOf(shift.Unit)).ThenBy(shift => shift.StartsAt).ThenBy(shift => shift.Id)
                .Select(shift => View(shift, recent, catalogue.Reckoning(actor.Jurisdiction), actor))];
        }

        private static WatchShiftView View(WatchShift shift, List<WatchShift> recent, Reckoning reckoning, Actor actor)
        {
            var before = recent.Where(other => other.Unit == shift.Unit && other.StartsAt < shift.StartsAt && other.HandedOverAt is not null).MaxBy(other => other.HandedOverAt);
            var view = WatchShiftView.Of(shift, reckoning, actor, clear: actor.Is(Role.Office) || actor.ActsFor(shift.Unit));
            if (before is null)
            {
                return view;
            }

            var note = WatchShiftView.Of(before, reckoning, actor, clear: false);
            return view with { Received = new WatchNote(before.Name, before.HandedOverAt!.Value, note.HandOverNote!, note.HandOverProblems) };
        }
    }
}
