using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Plans;

namespace TaskMatrix.App.Plans;

/// <summary>The plans of the caller's jurisdiction.</summary>
public static class ListPlans
{
    public sealed record Query : IRequest<IReadOnlyList<PlanView>>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock) : IRequestHandler<Query, IReadOnlyList<PlanView>>
    {
        public async Task<IReadOnlyList<PlanView>> Handle(Query query, CancellationToken ct)
        {
            var actor = user.Actor;
            var plans = session.Db.Plans.AsNoTracking().Where(plan => plan.Jurisdiction == actor.Jurisdiction && PlanAccess.MayRead(actor));
            var catalogue = await catalogues.Current(session, ct);
            var rows = await plans.OrderBy(plan => plan.IssuedOn).ThenBy(plan => plan.Id).ToListAsync(ct);
            return await new PlanFamily(session, catalogue, actor).Of(rows, clock.Now, ct);
        }
    }
}

public static class GetPlan
{
    public sealed record Query(string PlanId) : IRequest<PlanView>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock) : IRequestHandler<Query, PlanView>
    {
        public async Task<PlanView> Handle(Query query, CancellationToken ct)
        {
            var plan = await PlanAccess.Load(session, user.Actor, query.PlanId, ct);
            return (await new PlanFamily(session, await catalogues.Current(session, ct), user.Actor).Of([plan], clock.Now, ct))[0];
        }
    }
}

/// <summary>The text exactly as stored.</summary>
public static class GetPlanDocument
{
    public sealed record Query(string PlanId) : IRequest<string>;

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Query, string>
    {
        public async Task<string> Handle(Query query, CancellationToken ct) =>
            (await PlanAccess.Load(session, user.Actor, query.PlanId, ct)).Text;
    }
}

/// <summary>A clause and the duties that rest on it.</summary>
/// <param name="Start">Offset in characters; <paramref name="End"/> is one past the last.</param>
/// <param name="Role">assigns: gives somebody a duty, or should · informs · heading.</param>
/// <param name="Reason">Why it, or a part of it, gives nobody a duty; null where nothing is listed.</param>
public sealed record ClauseView(
    string Id, int Ordinal, string? Section, string? Unit, int Start, int End, string Text, IReadOnlyList<string> DutyIds, string Role, string? Reason);

/// <summary>The document cut into clauses.</summary>
public static class ListClauses
{
    public sealed record Query(string PlanId) : IRequest<IReadOnlyList<ClauseView>>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues) : IRequestHandler<Query, IReadOnlyList<ClauseView>>
    {
        public async Task<IReadOnlyList<ClauseView>> Handle(Query query, CancellationToken ct)
        {
            await PlanAccess.Load(session, user.Actor, query.PlanId, ct);
            var catalogue = await catalogues.Current(session, ct);
            var plan = catalogue.Set.Plan(query.PlanId)!;
            var (duties, coverage) = (catalogue.Set.DutiesOf(plan.Id), catalogue.CoverageOf(plan));
            var assigning = coverage.AssigningClauses.ToHashSet();
            return [.. plan.Document.Clauses.Select(clause => View(clause, duties, coverage, assigning))];
        }

        private static ClauseView View(Clause clause, IReadOnlyList<Duty> duties, Coverage coverage, IReadOnlySet<string> assigning) => new(
            clause.Id, clause.Ordinal, clause.Section, clause.Unit, clause.Start, clause.End, clause.Text,
            [.. duties.Where(duty => duty.Clause.Start < clause.End && duty.Clause.End > clause.Start).Select(duty => duty.Id)],
            clause.Heading ? "heading" : assigning.Contains(clause.Id) ? "assigns" : "informs",
            coverage.NoDuties.FirstOrDefault(none => none.Start < clause.End && none.End > clause.Start)?.Reason);
    }
}

/// <summary>Whether every sentence of the duty sections has become a duty.</summary>
public static class GetCoverage
{
    public sealed record Query(string PlanId) : IRequest<Coverage>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues) : IRequestHandler<Query, Coverage>
    {
        public async Task<Coverage> Handle(Query query, CancellationToken ct)
        {
            await PlanAccess.Load(session, user.Actor, query.PlanId, ct);
            var catalogue = await catalogues.Current(session, ct);
            return catalogue.CoverageOf(catalogue.Set.Plan(query.PlanId)!);
        }
    }
}
