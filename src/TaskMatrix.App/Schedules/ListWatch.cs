using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.App.Schedules;

/// <summary>A shift as one person sees it.</summary>
/// <param name="Phone">Masked, except where somebody has to call whoever is on duty now.</param>
/// <param name="MayWrite">Whether the caller's unit keeps the roster.</param>
public sealed record WatchShiftView(
    Guid Id, string Unit, DateOnly Day, string Name, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Post, string? Phone,
    DateTimeOffset? HandedOverAt, string? HandOverNote, string? HandOverProblems, bool MayWrite, WatchNote? Received = null)
{
    internal static WatchShiftView Of(WatchShift shift, Reckoning reckoning, Actor actor, bool clear) => new(
        shift.Id, shift.Unit, reckoning.LocalDate(shift.StartsAt), shift.Name, shift.StartsAt, shift.EndsAt, shift.Post,
        clear || shift.Phone is null ? shift.Phone : Masking.Phone(shift.Phone), shift.HandedOverAt, Words(shift.HandOverNote, actor, shift), Words(shift.HandOverProblems, actor, shift),
        actor.ActsFor(shift.Unit));

    private static string? Words(string? words, Actor actor, WatchShift shift) => words is null || actor.ActsFor(shift.Unit) ? words : Masking.Words(words);
}

/// <summary>What the shift before has handed over.</summary>
public sealed record WatchNote(string Shift, DateTimeOffset At, string Note, string? Problems);

/// <summary>The rosters of some days.</summary>
public static class ListWatch
{
    public const int MostDays = 62;

    /// <param name="From">Local day; null: today.</param>
    /// <param name="To">Local day, included; null: six days after <paramref name="From"/>.</param>
    public sealed record Query(string? Jurisdiction, string? Unit, DateOnly? From, DateOnly? To, Paging Paging) : IRequest<ListPage<WatchShiftView>>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock) : IRequestHandler<Query, ListPage<WatchShiftView>>
    {
        public async Task<ListPage<WatchShiftView>> Handle(Query query, CancellationToken ct)
        {
            var after = query.Paging.After();
            WatchAccess.RequireReader(user.Actor, query.Jurisdiction);
            var reckoning = (await catalogues.Current(session, ct)).Reckoning(user.Actor.Jurisdiction);
            var (from, to) = Days(query, reckoning.LocalDate(clock.Now));
            var shifts = WatchAccess.Between(
                WatchAccess.Visible(session.Db, user.Actor, query.Unit).AsNoTracking(),
                reckoning.Moment(from, TimeOnly.MinValue), reckoning.Moment(to.AddDays(1), TimeOnly.MinValue));
            if (after is var (ticks, key) && Guid.TryParse(key, out var id))
            {
                var moment = new DateTimeOffset(ticks, TimeSpan.Zero);
                shifts = shifts.Where(shift => shift.StartsAt > moment || (shift.StartsAt == moment && shift.Id.CompareTo(id) > 0));
            }

            var rows = await shifts.OrderBy(shift => shift.StartsAt).ThenBy(shift => shift.Id).Take(query.Paging.Size + 1).ToListAsync(ct);
            return query.Paging.Cut(rows, shift => WatchShiftView.Of(shift, reckoning, user.Actor, clear: false), shift => (shift.StartsAt.UtcTicks, shift.Id.ToString()));
        }

        private static (DateOnly From, DateOnly To) Days(Query query, DateOnly today)
        {
            var from = SoundDay.Check(query.From ?? today, "from");
            var to = SoundDay.Check(query.To ?? from.AddDays(6), "to");
            return to >= from && to.DayNumber - from.DayNumber < MostDays
                ? (from, to)
                : throw new ValidationException([new("to", "watch.bad-days", MostDays) { ErrorCode = "watch.bad-days" }]);
        }
    }
}
