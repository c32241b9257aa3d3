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
    private static bool IsPage(HttpContext context) => context.GetEndpoint() is { } endpoint && endpoint.DisplayName?.StartsWith(WrongMethod, StringComparison.Ordinal) != true
        ? endpoint.Metadata.GetMetadata<PageEndpoint>() is not null
        : !context.Request.Path.StartsWithSegments("/api") && !context.Response.HasStarted;

    /// <summary>Name of the endpoint that stands in where an address knows no such method.</summary>
    private const string WrongMethod = "405 ";

    /// <returns>What went wrong; null when the page was shown.</returns>
    private async Task<PageProblem?> Try(HttpContext context)
    {
        try
        {
            if (HttpMethods.IsPost(context.Request.Method) && await Refused(context) is { } refused)
            {
                return refused;
            }

            await next(context);
            return context.Response is { HasStarted: false, StatusCode: var status and (StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed) }
                ? new PageProblem(status, status == StatusCodes.Status404NotFound ? "not-found" : "request.wrong-method", ["", ""])
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

    /// <summary>A form that cannot be read, whose page is too old or not ours, or with a character that no text has.</summary>
    private async Task<PageProblem?> Refused(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return new PageProblem(StatusCodes.Status415UnsupportedMediaType, "request.wrong-media-type", []);
        }

        // Read before its token is looked for, or a file that is too large would be told as a token that is missing.
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return new PageProblem(StatusCodes.Status400BadRequest, "form.stale", []) { Written = await WrittenForm.Read(context), Again = WrittenForm.Page(context.Request) };
        }

        return form.Any(field => field.Value.ToString().Contains('\0')) ? new PageProblem(StatusCodes.Status400BadRequest, "request.malformed", [""]) : null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Page {Path} failed")]
    private partial void Failed(string path, Exception e);
}
