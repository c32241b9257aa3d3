using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;

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

    public async Task InvokeAsync(HttpContext context, Session session, CurrentUser user)
    {
        var request = context.Request;
        if (HttpMethods.IsPost(request.Method) && user.IsKnown && request.Path.StartsWithSegments("/api")
            && request.Headers[Header] is [{ Length: > 0 } key] && context.GetEndpoint() is { } endpoint)
        {
            request.EnableBuffering();
            var body = Convert.ToHexStringLower(await SHA256.HashDataAsync(request.Body, context.RequestAborted));
            request.Body.Position = 0;
            var scope = string.Join('\n', user.Actor.UserName, request.Method, request.Path, key);
            session.Answers = new AnswerMemory(
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(scope))), body,
                endpoint.Metadata.GetMetadata<Answers>() ?? new Answers(200), json.Value.SerializerOptions, wall);
        }

        await next(context);
    }
}

/// <summary>For a POST that is no single command: looks before, remembers after.</summary>
internal sealed class WholeAnswer(Session session, IReadContexts contexts, IWriteGate gate) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (session.Answers is not { } memory)
        {
            return await next(context);
        }

        session.Answers = null;
        var ct = context.HttpContext.RequestAborted;
        await using (var db = contexts.Create())
        {
            await memory.Recall(db, ct);
        }

        var answer = await next(context);
        await gate.Run(async (db, inside) => { await memory.Remember(db, answer, inside); return true; }, ct);
        return answer;
    }
}
