using MediatR;
using TaskMatrix.App.Plans;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Plans;

internal sealed record ActivateBody(DateOnly? From);

internal sealed record EndBody(string? Reason);

internal sealed record CreatePlanBody(string? Jurisdiction, string? Title, string? Number, DateOnly IssuedOn, string? Text);

internal static class PlanEndpoints
{
    public static void MapPlans(this IEndpointRouteBuilder api)
    {
        var plans = api.MapGroup("/plans");
        plans.MapGet("/", (IMediator mediator, CancellationToken ct) => mediator.Send(new ListPlans.Query(), ct));
        plans.MapGet("/{id}", (string id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetPlan.Query(id), ct));
        plans.MapGet("/{id}/document", async (string id, IMediator mediator, CancellationToken ct) =>
            Results.Text(await mediator.Send(new GetPlanDocument.Query(id), ct), "text/plain", System.Text.Encoding.UTF8));
        plans.MapGet("/{id}/clauses", (string id, IMediator mediator, CancellationToken ct) => mediator.Send(new ListClauses.Query(id), ct));
        plans.MapGet("/{id}/coverage", (string id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetCoverage.Query(id), ct));
        plans.MapPost("/", async (CreatePlanBody body, IMediator mediator, CancellationToken ct) =>
        {
            var plan = await mediator.Send(new CreatePlan.Command(body.Jurisdiction, body.Title ?? "", body.Number, body.IssuedOn, body.Text ?? ""), ct);
            return Results.Created(At(plan), plan);
        }).WithMetadata(new Answers(201, plan => At((PlanView)plan))).Produces<PlanView>(201);
        plans.MapPost("/{id}/activate", (string id, ActivateBody? body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ActivatePlan.Command(id, body?.From), ct));
        plans.MapPost("/{id}/end", (string id, EndBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new EndPlan.Command(id, body.Reason ?? ""), ct));
    }

    private static string At(PlanView plan) => $"/api/plans/{Uri.EscapeDataString(plan.Id)}";
}
