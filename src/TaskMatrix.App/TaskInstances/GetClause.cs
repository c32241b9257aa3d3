using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.TaskInstances;

/// <summary>The sentence that a <see cref="ClauseReference"/> names; null where it names none of the caller's plans.</summary>
public static class GetClause
{
    public sealed record Query(string Reference) : IRequest<FoundClause?>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues) : IRequestHandler<Query, FoundClause?>
    {
        public async Task<FoundClause?> Handle(Query query, CancellationToken ct) =>
            PlanAccess.MayRead(user.Actor) && ClauseReference.Find(query.Reference, user.Actor.Jurisdiction, await catalogues.Current(session, ct)) is var (plan, clause)
                ? new FoundClause(plan.Id, plan.Definition.Title, clause.Id, clause.Section, clause.Text)
                : null;
    }
}
