using MediatR;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Workflows;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Workflows;

internal sealed record InstructionBody(string? Title, string? Text, DateTimeOffset? DueAt, string? Reference, string? OnBehalfOf);

/// <summary>A task as an instruction orders it.</summary>
internal sealed record OrderBody(
    string? Title, string? Description, string? LeadUnit, IReadOnlyList<string>? CoUnits, DateTimeOffset? DueAt, string? DueIn, string? AckWithin,
    bool? ReviewRequired, bool? SignOffRequired, bool? EvidenceRequired, string? Calendar)
{
    public OrderedTask ToOrder() =>
        new(Title, LeadUnit, CoUnits, DueAt, DueIn, Description, AckWithin, ReviewRequired, SignOffRequired, EvidenceRequired, Calendar);
}

internal sealed record OrdersBody(IReadOnlyList<OrderBody>? Tasks);

internal sealed record WordsBody(string? Text);

internal static class InstructionEndpoints
{
    public static void MapInstructions(this IEndpointRouteBuilder api)
    {
        var instructions = api.MapGroup("/instructions");
        instructions.MapGet("/", (string? state, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ListInstructions.Query(QueryValue.Enum<InstructionState>("state", state), new Paging(cursor, limit)), ct));
        instructions.MapGet("/{id:guid}", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetInstruction.Query(id), ct));
        instructions.MapPost("/", async (InstructionBody body, IMediator mediator, CancellationToken ct) =>
        {
            var issued = await mediator.Send(new IssueInstruction.Command(body.Title, body.Text ?? "", body.DueAt, body.Reference, body.OnBehalfOf), ct);
            return Results.Created(At(issued), issued);
        }).WithMetadata(new Answers(201, issued => At((InstructionView)issued))).Produces<InstructionView>(201);
        instructions.MapPost("/{id:guid}/tasks", (Guid id, OrdersBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new MakeInstructionTasks.Command(id, [.. (body.Tasks ?? []).Select(task => task?.ToOrder()!)]), ct));
        instructions.MapPost("/{id:guid}/feedback", (Guid id, WordsBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new GiveInstructionFeedback.Command(id, body.Text ?? ""), ct));
        instructions.MapPost("/{id:guid}/close", (Guid id, WordsBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new CloseInstruction.Command(id, body.Text ?? ""), ct));
    }

    private static string At(InstructionView issued) => $"/api/instructions/{issued.Id}";
}
