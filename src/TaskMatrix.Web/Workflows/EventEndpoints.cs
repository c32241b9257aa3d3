using System.Text.Json;
using MediatR;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Workflows;

internal sealed record EventBody(string? Jurisdiction, string? Kind, DateTimeOffset? OccurredAt, string? Summary, JsonElement? Data);

internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder api)
    {
        var events = api.MapGroup("/events");
        events.MapGet("/kinds", (IMediator mediator, CancellationToken ct) => mediator.Send(new ListEventKinds.Query(), ct));
        events.MapGet("/", (string? jurisdiction, string? kind, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ListEvents.Query(jurisdiction, kind, new Paging(cursor, limit)), ct));
        events.MapGet("/{id:guid}", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetEvent.Query(id), ct));
        events.MapPost("/", async (EventBody body, IMediator mediator, CancellationToken ct) =>
        {
            var raised = await mediator.Send(new RaiseEvent.Command(body.Jurisdiction, body.Kind ?? "", body.OccurredAt, body.Summary ?? "", body.Data), ct);
            return Results.Created(At(raised), raised);
        }).WithMetadata(new Answers(201, raised => At((RaiseEvent.Result)raised))).Produces<RaiseEvent.Result>(201);
    }

    private static string At(RaiseEvent.Result raised) => $"/api/events/{raised.Id}";
}
