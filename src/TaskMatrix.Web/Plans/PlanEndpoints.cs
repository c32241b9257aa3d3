using MediatR;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Plans;

internal sealed record ActivateBody(DateOnly? From, int? Level);

internal sealed record AdjustBody(int? Level, string? Reason, string? Reference);

internal sealed record EndBody(string? Reason);

internal sealed record CreatePlanBody(string? Jurisdiction, string? Title, string? Number, DateOnly IssuedOn, string? Text);

internal sealed record AreaBody(string? Id, string? Name, string? English, string? NumberPrefix);

internal sealed record AreaUnitBody(string? Id, string? Name, string? English, IReadOnlyList<string>? Classes);

internal sealed record TakenBody(string? From, string? LeadUnit);

internal sealed record DeriveBody(
    string? Unit, AreaBody? Jurisdiction, string? Title, string? Number, DateOnly IssuedOn, IReadOnlyList<AreaUnitBody>? Units, IReadOnlyList<TakenBody>? Duties, string? Text);

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
            mediator.Send(new ActivatePlan.Command(id, body?.From, body?.Level), ct));
        plans.MapPost("/{id}/end", (string id, EndBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new EndPlan.Command(id, body.Reason ?? ""), ct));
        plans.MapPost("/{id}/adjust", (string id, AdjustBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new AdjustResponse.Command(id, body.Level ?? 0, body.Reason ?? "", body.Reference), ct));
        plans.MapGet("/{id}/response", (string id, IMediator mediator, CancellationToken ct) => mediator.Send(new ListResponseChanges.Query(id), ct));
        plans.MapGet("/{id}/end-report", (string id, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new GetEndReport.Query(id, new Paging(cursor, limit)), ct));
        plans.MapPost("/{id}/derive", async (string id, DeriveBody body, IMediator mediator, CancellationToken ct) =>
        {
            var derived = await mediator.Send(Derive(id, body), ct);
            return Results.Created(At(derived.Plan), derived);
        }).WithMetadata(new Answers(201, derived => At(((DerivePlan.Result)derived).Plan))).Produces<DerivePlan.Result>(201);
        plans.MapGet("/{id}/gaps", (string id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetPlanGaps.Query(id), ct));
    }

    private static DerivePlan.Command Derive(string id, DeriveBody body) => new(
        id, body.Unit ?? "",
        new DerivePlan.Area(body.Jurisdiction?.Id ?? "", body.Jurisdiction?.Name ?? "", body.Jurisdiction?.English, body.Jurisdiction?.NumberPrefix ?? ""),
        body.Title ?? "", body.Number, body.IssuedOn,
        [.. (body.Units ?? []).Select(unit => new DerivePlan.AreaUnit(unit?.Id ?? "", unit?.Name ?? "", unit?.English, unit?.Classes))],
        [.. (body.Duties ?? []).Select(duty => new DerivePlan.Taken(duty?.From ?? "", duty?.LeadUnit ?? ""))], body.Text);

    private static string At(PlanView plan) => $"/api/plans/{Uri.EscapeDataString(plan.Id)}";
}
