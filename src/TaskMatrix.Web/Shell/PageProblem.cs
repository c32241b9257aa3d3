using FluentValidation;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Web.Shell;

/// <summary>Why a page or an action cannot be had.</summary>
/// <param name="Code">Of a text that begins with <c>problem.</c>.</param>
public sealed record PageProblem(int Status, string Code, IReadOnlyList<object> Arguments)
{
    /// <summary>By field of the form, in the order found; empty for a problem of the whole.</summary>
    public IReadOnlyList<FieldProblem> Fields { get; init; } = [];

    /// <summary>Everything unknown is a fault of ours, told with its trace number and nothing else.</summary>
    public static PageProblem Of(Exception e, string trace) => e switch
    {
        RuleBrokenException rule => new(
            rule.Kind switch { RuleKind.Forbidden => 403, RuleKind.Conflict => 409, _ => 400 }, rule.Code, rule.Arguments),
        ValidationException invalid => new(400, "validation.failed", []) { Fields = [.. invalid.Errors.Select(FieldProblem.Of)] },
        NotFoundException missing => new(404, "not-found", [missing.What, missing.Id]),
        Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException => new(409, "task.version-conflict", [""]),
        StoreUnavailableException => new(503, "store.unavailable", []),
        BadHttpRequestException { StatusCode: 413 } => new(413, "request.too-large", []),
        BadHttpRequestException or InvalidDataException => new(400, "request.malformed", [""]),
        _ => new(500, "internal-error", [trace]),
    };
}

/// <param name="Field">Name of the form field, camelCase.</param>
/// <param name="Text">Ready words where there is no code of our own; null otherwise.</param>
public sealed record FieldProblem(string Field, string Code, IReadOnlyList<object> Arguments, string? Text = null)
{
    public static FieldProblem Of(FluentValidation.Results.ValidationFailure failure)
    {
        var field = failure.PropertyName is { Length: > 0 } name ? char.ToLowerInvariant(name[0]) + name[1..] : "";
        return failure.ErrorCode.Contains('.')
            ? new(field, failure.ErrorCode, [field, failure.AttemptedValue ?? ""])
            : new(field, failure.ErrorCode, [], failure.ErrorMessage);
    }
}

/// <summary>Puts problems into the words of the request's language.</summary>
public sealed class ProblemWords(Texts texts, TimeWords times, Visit visit)
{
    public string Of(PageProblem problem) => Text(problem.Code, problem.Arguments);

    /// <summary>Names the field first, as the summary above a form is read apart from it.</summary>
    public string Of(FieldProblem problem)
    {
        var text = problem.Code switch
        {
            "NotEmptyValidator" or "NotNullValidator" => texts["problem.required"],
            "MaximumLengthValidator" => texts["problem.too-long"],
            _ => problem.Text ?? Text(problem.Code, problem.Arguments),
        };
        return texts.Has("field." + problem.Field) ? texts["problem.of-field", texts["field." + problem.Field], text] : text;
    }

    private string Text(string code, IReadOnlyList<object> arguments) =>
        texts.Has("problem." + code) ? texts["problem." + code, [.. arguments.Select(Named)]] : texts["problem.unknown", code];

    private object Named(object argument) => argument switch
    {
        TaskState state => texts.Name(state),
        DateTimeOffset at => times.Moment(at),
        string ids => string.Join(Texts.English ? ", " : "、", ids.Split(", ").Select(visit.UnitName)),
        _ => argument,
    };
}
