using FluentValidation;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Shell;

/// <summary>Why a page or an action cannot be had.</summary>
/// <param name="Code">Of a text that begins with <c>problem.</c>.</param>
public sealed record PageProblem(int Status, string Code, IReadOnlyList<object> Arguments)
{
    /// <summary>By field of the form, in the order found; empty for a problem of the whole.</summary>
    public IReadOnlyList<FieldProblem> Fields { get; init; } = [];

    /// <summary>What was in a form that could not be taken at all, to be copied; empty where the form comes back by itself.</summary>
    public IReadOnlyList<(string Field, string Value)> Written { get; init; } = [];

    /// <summary>Address on this site of the page the form stood on; null: unknown.</summary>
    public string? Again { get; init; }

    /// <summary>Everything unknown is a fault of ours, told with its trace number and nothing else.</summary>
    public static PageProblem Of(Exception e, string trace) => ProblemTable.Of(e) is { } problem
        ? new(problem.Status, problem.Code, problem.Arguments) { Fields = [.. (e as ValidationException)?.Errors.Select(FieldProblem.Of) ?? []] }
        : new(500, "internal-error", [trace]);
}

/// <param name="Field">Name of the form field, camelCase.</param>
/// <param name="Text">Ready words where there is no code of our own; null otherwise.</param>
public sealed record FieldProblem(string Field, string Code, IReadOnlyList<object> Arguments, string? Text = null)
{
    public static FieldProblem Of(FluentValidation.Results.ValidationFailure failure)
    {
        var field = failure.PropertyName is { Length: > 0 } name ? char.ToLowerInvariant(name[0]) + name[1..] : "";
        return failure.ErrorCode switch
        {
            TextLimit.Code => new(field, failure.ErrorCode, TextLimit.Of(failure)),
            var code when code.Contains('.') => new(field, code, [field, failure.AttemptedValue ?? ""]),
            var code => new(field, code, [], failure.ErrorMessage),
        };
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
            TextLimit.Code => texts["problem.too-long", [.. problem.Arguments]],
            _ => problem.Text ?? Text(problem.Code, problem.Arguments),
        };
        return NameOf(problem.Field) is { } name ? texts["problem.of-field", name, text] : text;
    }

    /// <summary>Of a row of several (<c>tasks[0].title</c>) its last part; null: it has no name of its own.</summary>
    public string? NameOf(string field) =>
        new[] { "field." + field, "watch.column." + field, "field." + field.Split('.')[^1] }.FirstOrDefault(texts.Has) is { } key ? texts[key] : null;

    /// <param name="column">Its heading; empty for a row or file as a whole.</param>
    public string Of(App.Storage.ImportProblem problem, string column) => Text(problem.Code, [column, problem.Value]);

    public string Of(App.Workflows.DefinitionProblem problem) => Text(problem.Code, problem.Arguments);

    private string Text(string code, IReadOnlyList<object> arguments) =>
        texts.Has("problem." + code) ? texts["problem." + code, [.. arguments.Select(Named)]] : texts["problem.unknown", code];

    private object Named(object argument) => argument switch
    {
        TaskState state => texts.Name(state),
        DateTimeOffset at => times.Moment(at),
        WrongPlace place => place.Words(texts),
        string ids => string.Join(Texts.English ? ", " : "、", ids.Split(", ").Select(visit.UnitName)),
        _ => argument,
    };
}
