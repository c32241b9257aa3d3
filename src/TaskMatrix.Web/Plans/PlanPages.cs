using MediatR;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Plans;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Plans;

public sealed record PlanModel(PlanView Plan, IReadOnlyList<PlanParagraph> Paragraphs, Coverage Coverage, IReadOnlyList<ListDerivedPlans.View> Derived);

internal static class PlanPages
{
    public static void MapPlanPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/plans", async (IMediator mediator, CancellationToken ct) => Pages.Show<PlansPage>(await mediator.Send(new ListPlans.Query(), ct)));
        pages.MapNewPlanPages();
        pages.MapGet("/plans/{id}", async (string id, IMediator mediator, CancellationToken ct) =>
        {
            var plan = await mediator.Send(new GetPlan.Query(id), ct);
            var paragraphs = PlanParagraphs.Of(
                await mediator.Send(new GetPlanDocument.Query(id), ct), await mediator.Send(new ListClauses.Query(id), ct), await Duties(mediator, id, ct));
            return Pages.Show<PlanPage>(new PlanModel(plan, paragraphs, await mediator.Send(new GetCoverage.Query(id), ct),
                await mediator.Send(new ListDerivedPlans.Query(id), ct)));
        });
    }

    internal static async Task<IReadOnlyList<DutyView>> Duties(IMediator mediator, string plan, CancellationToken ct)
    {
        var duties = new List<DutyView>();
        string? cursor = null;
        do
        {
            var page = await mediator.Send(new ListDuties.Query(null, null, null, plan, new Paging(cursor, Paging.Most)), ct);
            duties.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return duties;
    }
}
