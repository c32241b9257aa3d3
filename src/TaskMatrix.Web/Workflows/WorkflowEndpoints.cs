using MediatR;
using TaskMatrix.App.Workflows;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Workflows;

/// <param name="BasedOn">Version that was looked at; another one in force then answers 409.</param>
internal sealed record YamlBody(string? Id, string? Yaml, int? BasedOn);

internal static class WorkflowEndpoints
{
    public static void MapWorkflows(this IEndpointRouteBuilder api)
    {
        var workflows = api.MapGroup("/workflows");
        workflows.MapGet("/", (IMediator mediator, CancellationToken ct) => mediator.Send(new ListWorkflows.Query(), ct));
        workflows.MapGet("/{id}", (string id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetWorkflow.Query(id, null), ct));
        workflows.MapGet("/{id}/versions/{version:int}", (string id, int version, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new GetWorkflow.Query(id, version), ct));
        workflows.MapGet("/{id}/diagram", async (string id, Guid? task, int? version, bool? standing, HttpContext context, IMediator mediator, CancellationToken ct) =>
            Results.Text((await mediator.Send(new DrawWorkflow.Query(id, task, Languages.IsEnglish(context), version, standing ?? false), ct)).Svg, "image/svg+xml", System.Text.Encoding.UTF8));
        workflows.MapGet("/{id}/standing", (string id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetWorkflowStanding.Query(id), ct));
        workflows.MapPost("/validate", (YamlBody body, ProblemTexts texts, IMediator mediator, CancellationToken ct) => Validate(body, texts, mediator, ct));
        workflows.MapPost("/{id}/versions", async (string id, YamlBody body, IMediator mediator, CancellationToken ct) =>
        {
            var published = await mediator.Send(new PublishWorkflow.Command(id, body.Yaml ?? "", body.BasedOn), ct);
            return Results.Created(At(published), published);
        }).WithMetadata(new Answers(201, published => At((WorkflowView)published))).Produces<WorkflowView>(201);
    }

    private static async Task<object> Validate(YamlBody body, ProblemTexts texts, IMediator mediator, CancellationToken ct)
    {
        var result = await mediator.Send(new ValidateWorkflow.Query(body.Id, body.Yaml ?? ""), ct);
        return new { result.Ok, Problems = result.Problems.Select(texts.Of) };
    }

    private static string At(WorkflowView published) => $"/api/workflows/{published.Id}/versions/{published.Version}";
}
