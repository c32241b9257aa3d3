using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;

namespace TaskMatrix.App.Duties;

/// <summary>Duties of the caller's jurisdiction; everybody who has to do with tasks reads all of them.</summary>
public static class ListDuties
{
    /// <param name="Unit">Lead or co-owner.</param>
    /// <param name="Q">Substring of id, title or the sentence it rests on.</param>
    public sealed record Query(string? Jurisdiction, string? Unit, DutyKind? Kind, string? Plan, Paging Paging, string? Q = null) : IRequest<ListPage<DutyView>>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues) : IRequestHandler<Query, ListPage<DutyView>>
    {
        public async Task<ListPage<DutyView>> Handle(Query query, CancellationToken ct)
        {
            var after = query.Paging.After()?.Moment ?? -1;
            var rows = (await catalogues.Current(session, ct)).Set.Duties.Select((duty, i) => (Duty: duty, Index: (long)i))
                .Where(row => row.Index > after && PlanAccess.MayRead(user.Actor) && Matches(row.Duty, query))
                .Take(query.Paging.Size + 1).ToList();
            return query.Paging.Cut(rows, row => DutyView.Of(row.Duty), row => (row.Index, row.Duty.Id));
        }

        private bool Matches(Duty duty, Query query) =>
            duty.Jurisdiction == user.Actor.Jurisdiction
            && (query.Jurisdiction is null || duty.Jurisdiction == query.Jurisdiction)
            && (query.Unit is null || duty.LeadUnits.Contains(query.Unit) || duty.CoOwners.Any(co => co.Unit == query.Unit))
            && (query.Kind is null || duty.Kind == query.Kind)
            && (query.Plan is null || duty.Plan == query.Plan)
            && (query.Q is not { } words || new[] { duty.Id, duty.Title, duty.English, duty.Clause.Quote }.Any(text => text.Contains(words, StringComparison.OrdinalIgnoreCase)));
    }
}

public static class GetDuty
{
    public sealed record Query(string DutyId) : IRequest<DutyView>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues) : IRequestHandler<Query, DutyView>
    {
        public async Task<DutyView> Handle(Query query, CancellationToken ct) =>
            DutyView.Of(await DutyAccess.Find(session, catalogues, user.Actor, query.DutyId, ct));
    }
}

internal static class DutyAccess
{
    public static async Task<Duty> Find(
        Session session, CatalogueSource catalogues, Engine.Organisations.Actor actor, string id, CancellationToken ct)
    {
        var duty = (await catalogues.Current(session, ct)).Duty(id);
        return duty is not null && duty.Jurisdiction == actor.Jurisdiction && PlanAccess.MayRead(actor) ? duty : throw new NotFoundException("duty", id);
    }
}
