using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Web.Hosting;

/// <summary>The same key came with another body (422).</summary>
internal sealed class KeyReusedException : Exception;

/// <summary>The same request was answered before; that answer is given again.</summary>
internal sealed class AnsweredBeforeException(IdempotentAnswer answer) : Exception
{
    public async Task Write(HttpContext context, CancellationToken ct)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers["Idempotency-Replayed"] = "true";
        if (answer.Location is { } location)
        {
            context.Response.Headers.Location = location;
        }

        await context.Response.WriteAsync(answer.Answer, ct);
    }
}

/// <summary>Says what status a POST answers with when it succeeds, and where the new thing stands.</summary>
internal sealed record Answers(int Status, Func<object, string>? Location = null);

/// <summary>Remembers the answer of this request under its Idempotency-Key for 24 h.</summary>
internal sealed class AnswerMemory(string key, string bodyHash, Answers answers, JsonSerializerOptions json, TimeProvider wall) : IAnswerMemory
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>0–255; equal for requests with the same key.</summary>
    public int Turn => Convert.ToInt32(key[..2], 16);

    /// <summary>Of one of several things that a request does, so that a request broken off goes on where it was.</summary>
    public AnswerMemory Part(string name) => new(Hash(key + '\n' + name), bodyHash, new Answers(200), json, wall);

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public async Task Recall(StoreContext db, CancellationToken ct)
    {
        var since = wall.GetUtcNow() - Kept;
        var known = await db.IdempotentAnswers.AsNoTracking().SingleOrDefaultAsync(answer => answer.Key == key && answer.StoredAt > since, ct);
        if (known is not null)
        {
            throw known.BodyHash == bodyHash ? new AnsweredBeforeException(known) : new KeyReusedException();
        }
    }

    public async Task Remember(StoreContext db, object? answer, CancellationToken ct)
    {
        var now = wall.GetUtcNow();
        var forgotten = now - Kept;
        await db.IdempotentAnswers.Where(known => known.StoredAt <= forgotten).ExecuteDeleteAsync(ct);
        db.IdempotentAnswers.Add(new IdempotentAnswer
        {
            Key = key, BodyHash = bodyHash, Status = answers.Status, Location = answer is null ? null : answers.Location?.Invoke(answer),
            Answer = JsonSerializer.Serialize(answer, json), StoredAt = now,
        });
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Reads the Idempotency-Key of a signed-in POST; the command's own transaction does the rest.</summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next, IOptions<JsonOptions> json, TimeProvider wall)
{
    public const string Header = "Idempotency-Key";

    /// <summary>Characters of a key.</summary>
    private const int Longest = 255;

    public async Task InvokeAsync(HttpContext context, Session session, CurrentUser user)
    {
        var request = context.Request;
        if (HttpMethods.IsPost(request.Method) && user.IsKnown && request.Path.StartsWithSegments("/api")
            && request.Headers.TryGetValue(Header, out var given) && context.GetEndpoint() is { } endpoint)
        {
            var key = given is [{ Length: > 0 and <= Longest } single] ? single : throw new RuleBrokenException("idempotency.bad-key", RuleKind.Invalid, Longest);
            var body = request.HasFormContentType ? await FormHash(request, context.RequestAborted) : await BodyHash(request, context.RequestAborted);
            var scope = string.Join('\n', user.Actor.UserName, request.Method, request.Path, key);
            session.Answers = new AnswerMemory(
                AnswerMemory.Hash(scope), body, endpoint.Metadata.GetMetadata<Answers>() ?? new Answers(200), json.Value.SerializerOptions, wall);
        }

        await next(context);
    }

    private static async Task<string> BodyHash(HttpRequest request, CancellationToken ct)
    {
        request.EnableBuffering();
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(request.Body, ct));
        request.Body.Position = 0;
        return hash;
    }

    /// <summary>Of the names and contents: the boundary between them is another one each time the same form is sent.</summary>
    private static async Task<string> FormHash(HttpRequest request, CancellationToken ct)
    {
        try
        {
            var form = await request.ReadFormAsync(ct);
            var parts = form.Select(field => $"{field.Key}={AnswerMemory.Hash(field.Value.ToString())}").ToList();
            foreach (var file in form.Files)
            {
                await using var content = file.OpenReadStream();
                parts.Add($"{file.Name}/{file.FileName}={Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct))}");
            }

            return AnswerMemory.Hash(string.Join('\n', parts));
        }
        catch (InvalidDataException malformed)
        {
            throw new BadHttpRequestException(malformed.Message, malformed);
        }
    }
}

/// <summary>
/// For a POST that is no single command: looks before, remembers after. Those with the same key go one after the other, so
/// that the second finds the answer of the first.
/// </summary>
internal sealed class WholeAnswer(Session session, IReadContexts contexts, IWriteGate gate) : IEndpointFilter
{
    private static readonly SemaphoreSlim[] Turns = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1, 1))];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (session.Answers is not { } memory)
        {
            return await next(context);
        }

        session.Answers = null;
        var turn = Turns[((AnswerMemory)memory).Turn];
        await turn.WaitAsync(context.HttpContext.RequestAborted);
        try
        {
            return await Answer((AnswerMemory)memory, context, next);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<object?> Answer(AnswerMemory memory, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var ct = context.HttpContext.RequestAborted;
        await using (var db = contexts.Create())
        {
            await memory.Recall(db, ct);
        }

        context.HttpContext.Features.Set(memory);
        var answer = await next(context);
        await gate.Run((db, inside) => Remember(memory, db, answer, inside), ct);
        return answer;
    }

    /// <summary>Looks once more, for on another node the same request may have come to its end meanwhile.</summary>
    private static async Task<bool> Remember(AnswerMemory memory, StoreContext db, object? answer, CancellationToken ct)
    {
        await memory.Recall(db, ct);
        await memory.Remember(db, answer, ct);
        return true;
    }
}
