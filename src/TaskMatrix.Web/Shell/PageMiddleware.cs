using Microsoft.AspNetCore.Antiforgery;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Shell;

/// <summary>Around every page: who visits, no forged post, and a readable page for what cannot be done.</summary>
internal sealed partial class PageMiddleware(RequestDelegate next, IAntiforgery antiforgery, ILogger<PageMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context, Visit visit)
    {
        if (!IsPage(context))
        {
            await next(context);
            return;
        }

        RequestLanguage.UseProfile(context);
        await visit.Begin(context);
        var problem = await Try(context);
        if (problem is not null && !context.Response.HasStarted)
        {
            Problem.SayWhen(context.Response, problem.Status);
            await Pages.Show<ErrorPage>(problem, problem.Status).ExecuteAsync(context);
        }
    }

    /// <summary>An address that no route knows gets a page too, unless it belongs to the API.</summary>
    private static bool IsPage(HttpContext context) => context.GetEndpoint() is { } endpoint
        ? endpoint.Metadata.GetMetadata<PageEndpoint>() is not null
        : !context.Request.Path.StartsWithSegments("/api") && !context.Response.HasStarted;

    /// <returns>What went wrong; null when the page was shown.</returns>
    private async Task<PageProblem?> Try(HttpContext context)
    {
        try
        {
            if (HttpMethods.IsPost(context.Request.Method) && !await antiforgery.IsRequestValidAsync(context))
            {
                return new PageProblem(StatusCodes.Status400BadRequest, "form.stale", []);
            }

            await next(context);
            return context.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound }
                ? new PageProblem(StatusCodes.Status404NotFound, "not-found", ["", ""])
                : null;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            var problem = PageProblem.Of(e, context.TraceIdentifier);
            if (problem.Status >= 500)
            {
                Failed(context.Request.Path, e);
            }

            return problem;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Page {Path} failed")]
    private partial void Failed(string path, Exception e);
}
