using System.Globalization;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Organisations;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Hosting;

/// <summary>What is answered when a request cannot be done.</summary>
/// <param name="Code">Dotted and stable.</param>
/// <param name="Members">Further members of the problem details.</param>
internal sealed record Problem(int Status, string Code, IReadOnlyList<object> Arguments, IReadOnlyDictionary<string, object?>? Members = null)
{
    /// <summary>Tells whoever came at a bad moment to come again: seconds for <c>Retry-After</c>, long enough for a full queue to empty.</summary>
    public static void SayWhen(HttpResponse response, int status)
    {
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = "5";
        }
    }
}

/// <summary>Where a request cannot be read: <c>$.title</c>, <c>?limit</c>, or empty for the whole of it.</summary>
/// <param name="Unknown">There is no member of that name.</param>
/// <param name="Broken">Line and byte of the line, from 1, from where on it is no JSON; null: it is.</param>
internal sealed record WrongPlace(string Path, bool Unknown, (long Line, long Byte)? Broken = null)
{
    /// <summary>On a page, by the name alone: where in a body or an address it stood says nothing to whoever filled a form.</summary>
    public string Words(Texts texts) => Path.Length == 0 ? "" : texts[Unknown ? "form.member-unknown" : "form.value-unreadable", Path.TrimStart('$', '.', '?')];
}

/// <summary>The one table from exceptions to what is answered, by the API (RFC 9457) and by the pages.</summary>
internal static class ProblemTable
{
    /// <summary>With the members that only the API's problem details have.</summary>
    public static Problem? Of(Exception e, ProblemTexts texts) => e switch
    {
        ValidationException invalid => Of(e)! with { Members = new Dictionary<string, object?> { ["errors"] = Errors(invalid, texts) } },
        DefinitionException broken => Of(e)! with { Members = new Dictionary<string, object?> { ["problems"] = broken.Problems.Select(texts.Of).ToList() } },
        ImportRefusedException refused => Of(e)! with { Members = new Dictionary<string, object?> { ["problems"] = refused.Problems.Select(texts.Of).ToList() } },
        _ => Of(e),
    };

    /// <summary>Null: a fault of ours, answered as 500 without saying what it was.</summary>
    public static Problem? Of(Exception e) => e switch
    {
        RuleBrokenException rule => new(rule.Kind switch { RuleKind.Forbidden => 403, RuleKind.Conflict => 409, _ => 400 }, rule.Code, rule.Arguments),
        ValidationException => new(400, "validation.failed", []),
        DefinitionException broken => new(400, "definition.invalid", [broken.Problems.Count]),
        ImportRefusedException refused => new(400, "import.refused", [refused.Problems.Count]),
        NotFoundException missing => new(404, "not-found", [missing.What, missing.Id]),
        SignInRefusedException => new(401, "sign-in.refused", []),
        KeyReusedException => new(422, "idempotency.key-reused", []),
        StoreUnavailableException => new(503, "store.unavailable", []),
        TooManyAtOnceException => new(429, "request.too-many", []),
        BadHttpRequestException { StatusCode: 413 } => new(413, "request.too-large", []),
        BadHttpRequestException { StatusCode: 415 } => new(415, "request.wrong-media-type", []),
        BadHttpRequestException bad => new(400, "request.malformed", [Place(bad)]),
        InvalidDataException => new(400, "request.malformed", [""]),
        _ when StoreFaults.IsAway(e) => new(503, "store.unavailable", []),
        Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException => new(409, "task.version-conflict", [""]),
        _ => null,
    };

    /// <summary>A name for the kind of problem; nothing is served under it.</summary>
    public static string Type(string code) => "urn:taskmatrix:problem:" + code;

    /// <summary>What the framework says of it names our own types, so only the place is told on.</summary>
    private static WrongPlace Place(BadHttpRequestException bad) => bad switch
    {
        // Its own reader's exception inside it: what was sent ends or is broken there, whatever member that was in.
        { InnerException: JsonException { InnerException: JsonException, LineNumber: { } line, BytePositionInLine: { } at } } => new("$", false, (line + 1, at + 1)),
        { InnerException: JsonException { Path: { } path } json } => new(path, json.Message.Contains("could not be mapped", StringComparison.Ordinal)),
        UnreadableParameterException parameter => new(parameter.Place, false),
        _ => new("", false),
    };

    private static Dictionary<string, string[]> Errors(ValidationException invalid, ProblemTexts texts) =>
        invalid.Errors.GroupBy(error => Path(error.PropertyName)).ToDictionary(field => field.Key, field => field.Select(texts.Of).ToArray());

    /// <summary>Field names as the caller wrote them.</summary>
    private static string Path(string property) =>
        string.Join('.', property.Split('.').Select(part => part.Length == 0 ? part : char.ToLowerInvariant(part[0]) + part[1..]));
}

/// <summary>Words for problems, in the language of the request.</summary>
internal sealed class ProblemTexts(IStringLocalizerFactory localizers, CatalogueSource catalogues)
{
    /// <summary>Statuses with a title of their own.</summary>
    internal static readonly IReadOnlyList<int> Titled = [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503];

    private readonly IStringLocalizer _texts = localizers.Create("Texts", typeof(ProblemTexts).Assembly.GetName().Name!);

    /// <param name="jurisdiction">Of the caller, whose local time moments are told in.</param>
    public string Of(Problem problem, string? jurisdiction = null) =>
        Text(problem.Code, [.. problem.Arguments.Select(argument => argument is DateTimeOffset at ? Moment(at, jurisdiction) : argument)]);

    /// <summary>What kind of refusal it is, in a word or two; the same for every problem of a status.</summary>
    public string Title(int status) => _texts["problem-title." + (Titled.Contains(status) ? status : status >= 500 ? 500 : 400)].Value;

    public string Of(FluentValidation.Results.ValidationFailure failure) => failure.ErrorCode switch
    {
        "NotEmptyValidator" or "NotNullValidator" => Text("required", []),
        TextLimit.Code => Text("too-long", TextLimit.Of(failure)),
        var code when code.Contains('.') => Text(code, [failure.PropertyName, failure.AttemptedValue ?? failure.ErrorMessage]),
        _ => failure.ErrorMessage,
    };

    public object Of(DefinitionProblem problem) =>
        new { problem.File, problem.Line, problem.Column, problem.Code, Message = Text(problem.Code, problem.Arguments), problem.Duty };

    /// <summary>Line 0 is the file as a whole.</summary>
    public object Of(ImportProblem problem) =>
        new { problem.Line, problem.Column, problem.Code, Message = Text(problem.Code, [problem.Column ?? "", problem.Value]) };

    private string Moment(DateTimeOffset at, string? jurisdiction)
    {
        var zone = jurisdiction is null ? null : catalogues.LastRead?.Set.Jurisdiction(jurisdiction)?.Zone;
        var local = zone is null ? at : TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone));
        return local.ToString(_texts["time.moment-with-year"].Value, CultureInfo.CurrentUICulture);
    }

    private string Text(string code, IReadOnlyList<object> arguments)
    {
        var text = _texts["problem." + code, [.. arguments.Select(argument => Named(argument))]];
        return text.ResourceNotFound ? string.Join(' ', arguments.Prepend(code)) : text.Value;
    }

    /// <summary>A state by its name in the language, a place with what is wrong there, everything else as it is.</summary>
    private object Named(object argument) => argument switch
    {
        TaskState state when _texts["state." + char.ToLowerInvariant(state.ToString()[0]) + state.ToString()[1..]] is { ResourceNotFound: false } name => name.Value,
        WrongPlace { Path: "" } => "",
        WrongPlace { Broken: var (line, at) } => _texts["request.no-json", line, at].Value,
        WrongPlace { Unknown: true } place => _texts["request.member-unknown", place.Path].Value,
        WrongPlace place => _texts["request.value-unreadable", place.Path].Value,
        _ => argument,
    };
}

/// <summary>A text above its limit: how long it may be, and how long it is.</summary>
internal static class TextLimit
{
    public const string Code = "MaximumLengthValidator";

    public static IReadOnlyList<object> Of(FluentValidation.Results.ValidationFailure failure) =>
        [.. new[] { "MaxLength", "TotalLength" }.Select(name => failure.FormattedMessagePlaceholderValues?.GetValueOrDefault(name) ?? "")];
}

/// <summary>Answers exceptions of the API as problem details; a browser that met one before it came to a page gets a page.</summary>
internal sealed class ProblemHandler(IProblemDetailsService details, ProblemTexts texts, IHostApplicationLifetime lifetime, ILogger<ProblemHandler> log) : IExceptionHandler
{
    private static string? JurisdictionOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<CurrentUser>() is { IsKnown: true } user ? user.Actor.Jurisdiction : null;

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken ct)
    {
        if (exception is AnsweredBeforeException before)
        {
            await before.Write(context, ct);
            return true;
        }

        // The web server breaks off the reading of a body when it is told to stop.
        var stopping = exception is OperationCanceledException && lifetime.ApplicationStopping.IsCancellationRequested;
        var problem = ProblemTable.Of(stopping ? new StoreUnavailableException(exception) : exception, texts) ?? new Problem(500, "internal-error", [context.TraceIdentifier]);
        if (problem.Status >= 500)
        {
            log.LogError(exception, "{Method} {Path} failed", context.Request.Method, context.Request.Path.Value);
        }

        if (!context.Request.Path.StartsWithSegments("/api") && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            await Pages.Show<ErrorPage>(new PageProblem(problem.Status, problem.Code, problem.Arguments), problem.Status).ExecuteAsync(context);
            return true;
        }

        context.Response.StatusCode = problem.Status;
        Problem.SayWhen(context.Response, problem.Status);
        var answer = new ProblemDetails { Status = problem.Status, Title = texts.Title(problem.Status), Detail = texts.Of(problem, JurisdictionOf(context)), Type = ProblemTable.Type(problem.Code) };
        answer.Extensions["code"] = problem.Code;
        foreach (var (name, value) in problem.Members ?? new Dictionary<string, object?>())
        {
            answer.Extensions[name] = value;
        }

        return await details.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = answer, Exception = exception });
    }
}

internal static class ProblemServices
{
    public static IServiceCollection AddProblems(this IServiceCollection services)
    {
        services.AddLocalization(options => options.ResourcesPath = "Resources");
        services.AddSingleton<ProblemTexts>().AddExceptionHandler<ProblemHandler>();
        return services.AddProblemDetails(options => options.CustomizeProblemDetails = context => AddCode(context));
    }

    /// <summary>Also answers that no exception made (401, 404 of no route) carry a code.</summary>
    private static void AddCode(ProblemDetailsContext context)
    {
        if (context.ProblemDetails.Extensions.ContainsKey("code"))
        {
            return;
        }

        var code = context.ProblemDetails.Status switch
        {
            401 => "not-signed-in",
            403 => "not-allowed",
            404 => "not-found",
            405 => "request.wrong-method",
            413 => "request.too-large",
            415 => "request.wrong-media-type",
            429 => "request.too-many",
            _ => "request.failed",
        };
        var (details, texts, status) = (context.ProblemDetails, context.HttpContext.RequestServices.GetRequiredService<ProblemTexts>(), context.ProblemDetails.Status ?? 500);
        details.Extensions["code"] = code;
        (details.Type, details.Title) = (ProblemTable.Type(code), texts.Title(status));
        details.Detail ??= texts.Of(new Problem(status, code, ["", ""]));
    }
}
