using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using FluentValidation.Results;
using TaskMatrix.App.Reports;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>Turns a posted form into the body the API takes, so that both send the same command.</summary>
internal static class PostedAction
{
    /// <param name="report">The task's report form; null where it has none.</param>
    /// <param name="files">Ids of what was uploaded with the form.</param>
    public static JsonElement Body(TaskActionForm action, IFormCollection posted, FormDefinition? report, IReadOnlyList<string> files, Visit visit, Texts texts)
    {
        var body = new JsonObject();
        if (int.TryParse(posted["expectedVersion"], CultureInfo.InvariantCulture, out var version))
        {
            body["expectedVersion"] = version;
        }

        foreach (var field in action.Fields)
        {
            if (Value(field, posted, report, files, visit) is { } value)
            {
                body[field.Name] = value;
            }
        }

        // 无情况 is said by the choice alone.
        if (body["text"] is null && report?.MayBeNil == true && Outcome(posted) == Nil && action.Fields.Any(field => field.Name == "text"))
        {
            body["text"] = texts.Name(Engine.TaskInstances.Outcome.NothingToReport);
        }

        return JsonSerializer.SerializeToElement(body);
    }

    private const string Nil = "nothingToReport";

    /// <returns>Null for what was left empty; the command then says what is missing.</returns>
    /// <exception cref="ValidationException">moment.unreadable (400)</exception>
    private static JsonNode? Value(ActionField field, IFormCollection posted, FormDefinition? report, IReadOnlyList<string> files, Visit visit)
    {
        var text = posted[field.Name].ToString().Trim().ReplaceLineEndings("\n");
        return field.Kind switch
        {
            ActionFieldKind.Files => new JsonArray([.. files.Select(id => JsonValue.Create(id))]),
            ActionFieldKind.Report => report is null || Outcome(posted) != "done" ? null : ReportFields.Read(report, posted),
            _ when text.Length == 0 => null,
            ActionFieldKind.Percent => int.TryParse(text, CultureInfo.InvariantCulture, out var percent) ? percent : null,
            ActionFieldKind.YesNo => text == "true",
            ActionFieldKind.Moment => Moment(text, visit, field.Name)?.ToString("O"),
            _ => text,
        };
    }

    /// <summary>Nothing to report needs no figures.</summary>
    private static string Outcome(IFormCollection posted) => posted["outcome"] is [{ Length: > 0 } outcome] ? outcome : "done";

    /// <param name="text">As a field of type datetime-local sends it; other browsers send what was typed.</param>
    /// <returns>Null for what was left empty.</returns>
    /// <exception cref="ValidationException">moment.unreadable (400) at <paramref name="field"/>: not left empty, and no moment that a calendar has.</exception>
    public static DateTimeOffset? Moment(string? text, Visit visit, string field) => Blank.ToNull(text) is not { } typed ? null
        : DateTime.TryParseExact(typed, Written, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > Earliest and < Latest ? visit.FromLocal(local)
        : throw new ValidationException([new ValidationFailure(field, "moment.unreadable", typed) { ErrorCode = "moment.unreadable" }]);

    private const int Earliest = 1900, Latest = 2999;

    private static readonly string[] Written = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"];
}
