using MediatR;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.TaskInstances;

internal sealed record CreateTaskBody(
    string? Jurisdiction, string? Title, string? Description, string? LeadUnit, IReadOnlyList<string>? CoUnits, DateTimeOffset? AckBy, string? AckWithin,
    DateTimeOffset? DueAt, string? DueIn, bool? ReviewRequired, bool? SignOffRequired, bool? EvidenceRequired, string? Calendar, TaskSource? Source, bool? Draft, string? Clause);

/// <summary>Filters of the query string.</summary>
internal sealed record TaskQuery
{
    public string? Jurisdiction { get; init; }

    public string? Unit { get; init; }

    public string? State { get; init; }

    public string? Light { get; init; }

    public bool? Overdue { get; init; }

    public bool? AckOverdue { get; init; }

    public string? Duty { get; init; }

    public string? Plan { get; init; }

    public string? Occurrence { get; init; }

    public DateTimeOffset? DueBefore { get; init; }

    public DateTimeOffset? DueAfter { get; init; }

    public string? Q { get; init; }

    public bool? Open { get; init; }

    public string? Run { get; init; }

    public bool? Urgent { get; init; }

    public bool? ExtensionAsked { get; init; }

    public string? Workflow { get; init; }

    public int? WorkflowVersion { get; init; }

    public string? Step { get; init; }

    public TaskFilter ToFilter() => new()
    {
        Jurisdiction = Jurisdiction, Unit = Unit, State = QueryValue.Enum<TaskState>("state", State), Light = QueryValue.Enum<Light>("light", Light),
        Overdue = Overdue ?? false, AckOverdue = AckOverdue ?? false, Duty = Duty, Plan = Plan, Occurrence = Occurrence,
        DueBefore = DueBefore, DueAfter = DueAfter, Q = string.IsNullOrWhiteSpace(Q) ? null : Q.Trim(), OpenOnly = Open ?? false, ExtensionAsked = ExtensionAsked ?? false,
        Run = Run, Urgent = Urgent, Workflow = Workflow, WorkflowVersion = WorkflowVersion, Step = Step,
    };
}

internal static class TaskInstanceEndpoints
{
    public static void MapTaskInstances(this IEndpointRouteBuilder api)
    {
        var tasks = api.MapGroup("/tasks");
        tasks.MapGet("/", ([AsParameters] TaskQuery query, string? sort, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ListTasks.Query(query.ToFilter(), sort, new Paging(cursor, limit)), ct));
        tasks.MapGet("/counts", ([AsParameters] TaskQuery query, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new CountTasks.Query(query.ToFilter()), ct));
        tasks.MapGet("/{id:guid}", (Guid id, DateTimeOffset? asOf, IMediator mediator, CancellationToken ct) => mediator.Send(new GetTask.Query(id, asOf), ct));
        tasks.MapGet("/{id:guid}/events", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetTaskEvents.Query(id), ct));
        tasks.MapPost("/", async (CreateTaskBody body, IMediator mediator, CancellationToken ct) =>
        {
            var task = await mediator.Send(Command(body), ct);
            return Results.Created(At(task), task);
        }).WithMetadata(new Answers(201, task => At((TaskView)task))).Produces<TaskView>(201);
    }

    private static CreateTask.Command Command(CreateTaskBody body) => new(
        body.Jurisdiction, body.Title ?? "", body.Description, body.LeadUnit ?? "", body.CoUnits, body.AckBy, body.AckWithin, body.DueAt, body.DueIn,
        body.ReviewRequired, body.SignOffRequired, body.EvidenceRequired, body.Calendar, body.Source, body.Draft ?? false, body.Clause);

    private static string At(TaskView task) => $"/api/tasks/{task.Id}";
}
