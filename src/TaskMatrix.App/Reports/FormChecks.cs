using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using NJsonSchema;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Reports;

/// <summary>Checks a filled form against its JSON Schema.</summary>
internal static class FormChecks
{
    /// <returns>
    /// The form as JSON text. When none was given: an empty one where the schema is content with that, else null, which the
    /// task then refuses or not by its outcome.
    /// </returns>
    /// <exception cref="ValidationException">form.none-expected · form.invalid with each field that breaks the schema · form.figure-too-large · form.nil-with-figures · form.unable-with-figures (400)</exception>
    /// <exception cref="RuleBrokenException">A checklist does not answer for each of its items (400).</exception>
    /// <param name="items">What the task's checklist names; empty where it has none.</param>
    /// <param name="outcome">What is said beside the form.</param>
    /// <param name="member">Of the request that holds the form; errors name it.</param>
    public static async Task<string?> Check(
        JsonElement? filled, string? formId, Catalogue catalogue, IReadOnlyList<string> items, Outcome? outcome = null, string member = "form")
    {
        var definition = formId is null ? null : catalogue.Set.Forms.GetValueOrDefault(formId);
        if (filled is not { ValueKind: JsonValueKind.Object } form)
        {
            return definition is not null && (await Errors("{}", definition)).Count == 0 ? "{}" : null;
        }

        if (definition is null)
        {
            throw Broken(member, "form.none-expected");
        }

        var errors = await Errors(form.GetRawText(), definition);
        if (errors.Count > 0)
        {
            throw new ValidationException(errors.Select(error => Failure(error, member)));
        }

        if (TooLarge(form, definition) is { } figure)
        {
            throw Broken($"{member}.{figure}", "form.figure-too-large");
        }

        // Neither 无情况 nor 无法执行 can stand beside cases: they would be counted, and the report not received.
        if (definition.MayBeNil && CodeOf(outcome) is { } code && Figures.AnyIn(form.GetRawText()))
        {
            throw Broken("outcome", code);
        }

        ChecklistAnswers.Require(definition.Id, form, items);
        return form.GetRawText();
    }

    private static string? TooLarge(JsonElement form, FormDefinition definition) => definition.FigureNames.FirstOrDefault(name =>
        form.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && !(Math.Abs(value.GetDouble()) <= Figures.Largest));

    private static string? CodeOf(Outcome? outcome) => outcome switch
    {
        Outcome.NothingToReport => "form.nil-with-figures",
        Outcome.NotExecutable => "form.unable-with-figures",
        _ => null,
    };

    private static ValidationException Broken(string field, string code) => new([new ValidationFailure(field, code) { ErrorCode = code }]);

    private static async Task<ICollection<NJsonSchema.Validation.ValidationError>> Errors(string form, FormDefinition definition) =>
        (await JsonSchema.FromJsonAsync(definition.Schema)).Validate(form);

    private static ValidationFailure Failure(NJsonSchema.Validation.ValidationError error, string member) =>
        new(error.Path?.TrimStart('#', '/') is { Length: > 0 } path ? $"{member}.{path}" : member, error.Kind.ToString(), error.Kind.ToString()) { ErrorCode = "form.invalid" };
}
