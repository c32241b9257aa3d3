using MediatR;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Organisations;

/// <summary>A place the caller belongs to.</summary>
/// <param name="Parent">The jurisdiction above; null where it is nobody's child.</param>
/// <param name="ParentUnit">The unit of the jurisdiction above whose own area it is.</param>
public sealed record JurisdictionView(string Id, string Name, string English, string Zone, string? Parent, string? ParentUnit);

/// <summary>A unit with its posts; officials appear by post, so a holder is only there once the office entered one.</summary>
/// <param name="Added">By the office; the document does not name it.</param>
/// <param name="ClosedAt">It gets no task any more; null while it works.</param>
/// <param name="Liaison">Title of the liaison's post; null where there is none.</param>
public sealed record UnitView(
    string Id, string Name, string English, IReadOnlyList<string> Aliases, IReadOnlyList<string> Classes, IReadOnlyList<PostView> Posts, string? Liaison,
    bool Added, DateTimeOffset? ClosedAt);

/// <param name="Assumption">Why the post is assumed; null where the document names it.</param>
public sealed record PostView(string Id, string Title, string English, string Role, string? Holder, string? Assumption);

/// <summary>The jurisdictions the caller may know of: the own one.</summary>
public static class ListJurisdictions
{
    public sealed record Query : IRequest<IReadOnlyList<JurisdictionView>>;

    internal sealed class Handler(Session session, CatalogueSource catalogues, CurrentUser user) : IRequestHandler<Query, IReadOnlyList<JurisdictionView>>
    {
        public async Task<IReadOnlyList<JurisdictionView>> Handle(Query query, CancellationToken ct)
        {
            var catalogue = await catalogues.Current(session, ct);
            return [.. catalogue.Set.Jurisdictions.Where(place => place.Id == user.Actor.Jurisdiction)
                .Select(place => new JurisdictionView(place.Id, place.Name, place.English, place.Zone, place.Parent, place.ParentUnit))];
        }
    }
}

/// <summary>The units of a jurisdiction, in the order of its document.</summary>
public static class ListUnits
{
    public sealed record Query(string Jurisdiction) : IRequest<IReadOnlyList<UnitView>>;

    internal sealed class Handler(Session session, CatalogueSource catalogues, CurrentUser user) : IRequestHandler<Query, IReadOnlyList<UnitView>>
    {
        public async Task<IReadOnlyList<UnitView>> Handle(Query query, CancellationToken ct)
        {
            if (query.Jurisdiction != user.Actor.Jurisdiction)
            {
                throw new NotFoundException("jurisdiction", query.Jurisdiction);
            }

            return [.. (await catalogues.Current(session, ct)).Set.UnitsOf(query.Jurisdiction).Select(View)];
        }

        internal static UnitView View(OrganisationUnit unit) => new(
            unit.Id, unit.Name, unit.English, unit.Aliases, unit.Classes,
            [.. unit.Posts.Select(post => new PostView(post.Id, post.Title, post.English, post.Role, null, post.Assumption))],
            unit.Posts.FirstOrDefault(post => post.Role == "liaison")?.Title, unit.Added, unit.ClosedAt);
    }
}
