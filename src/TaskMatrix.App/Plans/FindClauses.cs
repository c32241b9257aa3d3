using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Plans;

/// <summary>A clause that holds the words looked for.</summary>
public sealed record FoundClause(string Plan, string PlanTitle, string ClauseId, string? Section, string Text);

/// <summary>Clauses of the jurisdiction's plans that hold a text.</summary>
public static class FindClauses
{
    /// <param name="Q">Substring of the clause.</param>
    /// <param name="Most">At most so many are answered, in the order of the documents.</param>
    public sealed record Query(string Q, int Most) : IRequest<IReadOnlyList<FoundClause>>;

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(query => query.Q).NotEmpty();
    }

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues) : IRequestHandler<Query, IReadOnlyList<FoundClause>>
    {
        public async Task<IReadOnlyList<FoundClause>> Handle(Query query, CancellationToken ct)
        {
            if (!PlanAccess.MayRead(user.Actor))
            {
                return [];
            }

            var own = await session.Db.Plans.AsNoTracking().Where(plan => plan.Jurisdiction == user.Actor.Jurisdiction)
                .OrderBy(plan => plan.IssuedOn).ThenBy(plan => plan.Id).Select(plan => new { plan.Id, plan.Title }).ToListAsync(ct);
            var set = (await catalogues.Current(session, ct)).Set;
            return [.. own.SelectMany(plan => (set.Plan(plan.Id)?.Document.Clauses ?? [])
                .Where(clause => clause.Text.Contains(query.Q, StringComparison.OrdinalIgnoreCase))
                .Select(clause => new FoundClause(plan.Id, plan.Title, clause.Id, clause.Section, clause.Text))).Take(query.Most)];
        }
    }
}
