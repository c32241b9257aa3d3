using MediatR;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Plans;

internal static class PlanPages
{
    public static void MapPlanPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/plans", async (IMediator mediator, CancellationToken ct) => Pages.Show<PlansPage>(await mediator.Send(new ListPlans.Query(), ct)));
        pages.MapNewPlanPages();
        pages.MapGet("/plans/{id}", async (string id, string? light, IMediator mediator, CancellationToken ct) => Pages.Show<PlanPage>(await Read(id, light, mediator, ct)));
    }

    private static async Task<PlanModel> Read(string id, string? light, IMediator mediator, CancellationToken ct)
    {
        var plan = await mediator.Send(new GetPlan.Query(id), ct);
        var duties = PlanModel.Join(await Duties(mediator, id, ct), await mediator.Send(new GetMatrix.Query(null, id), ct));
        var paragraphs = PlanParagraphs.Of(await mediator.Send(new GetPlanDocument.Query(id), ct), await mediator.Send(new ListClauses.Query(id), ct), duties);
        return new PlanModel(
            plan, paragraphs, duties, QueryValue.Enum<Light>("light", Blank.ToNull(light)), await mediator.Send(new GetCoverage.Query(id), ct),
            await mediator.Send(new ListDerivedPlans.Query(id), ct));
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
