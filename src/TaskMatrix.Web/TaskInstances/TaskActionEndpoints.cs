using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.TaskInstances;

internal sealed record BulkBody(string? Action, IReadOnlyList<string>? TaskIds, JsonElement? Body);

/// <param name="Problem">Problem details of this one; null when it was done.</param>
internal sealed record BulkResult(string Id, bool Ok, object? Problem);

internal sealed record BulkAnswer(IReadOnlyList<BulkResult> Results);

internal static class TaskActionEndpoints
{
    /// <summary>Tasks of one bulk call.</summary>
    private const int Most = 500;

    public static void MapTaskActions(this IEndpointRouteBuilder api)
    {
        foreach (var (action, taken) in TaskActionCommands.Actions)
        {
            api.MapPost($"/tasks/{{id:guid}}/{action}", async (Guid id, HttpContext context, IOptions<JsonOptions> json, IMediator mediator, CancellationToken ct) =>
                await mediator.Send(TaskActionCommands.Of(action, id, await Body(context, json.Value.SerializerOptions, ct), json.Value.SerializerOptions), ct))
                .WithName(action).WithMetadata(new AcceptsMetadata(["application/json"], taken, isOptional: true)).Produces<TaskView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        }

        api.MapPost("/tasks/bulk", (BulkBody body, HttpContext context, IServiceScopeFactory scopes, CurrentUser user, ProblemTexts texts, IOptions<JsonOptions> json, CancellationToken ct) =>
            Bulk(body, new One(context.Features.Get<AnswerMemory>(), scopes, user, texts, json.Value.SerializerOptions), ct)).AddEndpointFilter<WholeAnswer>();
    }

    /// <summary>A missing body stands for an empty one.</summary>
    private static async Task<JsonElement> Body(HttpContext context, JsonSerializerOptions json, CancellationToken ct)
    {
        if (context.Request.ContentLength is 0 || (context.Request.ContentLength is null && !context.Request.Headers.ContainsKey("Transfer-Encoding")))
        {
            return default;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, json, ct);
        }
        catch (JsonException malformed)
        {
            throw new BadHttpRequestException(malformed.Message, malformed);
        }
    }

    /// <summary>Each on its own, in order; what fails says why and stops nothing.</summary>
    private static async Task<BulkAnswer> Bulk(BulkBody body, One one, CancellationToken ct)
    {
        Check(body);
        var results = new List<BulkResult>();
        foreach (var id in body.TaskIds!)
        {
            results.Add(await one.Do(id, results.Count, body, ct));
        }

        return new BulkAnswer(results);
    }

    private static void Check(BulkBody body)
    {
        var code = body switch
        {
            { TaskIds: null or [] } => ("taskIds", "request.missing-member"),
            { TaskIds: var ids } when ids.Contains(null!) => ("taskIds", "request.missing-member"),
            { TaskIds.Count: > Most } => ("taskIds", "request.too-many-items"),
            { Action: null } => ("action", "request.missing-member"),
            { Action: var action } when !TaskActions.Exists(action) => ("action", "task.unknown-action"),
            _ => (null, ""),
        };
        if (code is ({ } field, var broken))
        {
            throw new ValidationException([new ValidationFailure(field, broken, body.Action) { ErrorCode = broken }]);
        }
    }

    /// <summary>One task of a bulk call, with an answer of its own under the key of the whole.</summary>
    private sealed record One(AnswerMemory? Memory, IServiceScopeFactory Scopes, CurrentUser User, ProblemTexts Texts, JsonSerializerOptions Json)
    {
        public async Task<BulkResult> Do(string id, int place, BulkBody body, CancellationToken ct)
        {
            await using var scope = Scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = User.Actor;
            scope.ServiceProvider.GetRequiredService<Session>().Answers = Memory?.Part($"{place}/{id}");
            try
            {
                await scope.ServiceProvider.GetRequiredService<IMediator>().Send(TaskActionCommands.Of(body.Action!, TaskOf(id), body.Body ?? default, Json), ct);
                return new BulkResult(id, true, null);
            }
            catch (AnsweredBeforeException)
            {
                return new BulkResult(id, true, null);
            }
            catch (Exception e) when (ProblemTable.Of(e, Texts) is { } problem)
            {
                return new BulkResult(id, false, new { problem.Status, problem.Code, Detail = Texts.Of(problem, User.Actor.Jurisdiction), Errors = problem.Members?.GetValueOrDefault("errors") });
            }
        }

        /// <summary>What is no id at all is a task that does not exist.</summary>
        private static Guid TaskOf(string id) => Guid.TryParseExact(id, "D", out var task) ? task : throw new NotFoundException("task", id);
    }
}
