using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using NJsonSchema;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Reports;

/// <summary>Checks a filled form against its JSON Schema.</summary>
internal static class FormChecks
{
    /// <returns>
    /// The form as JSON text. When none was given: an empty one where the schema is content with that, else null, which the
    /// task then refuses or not by its outcome.
    /// </returns>
    /// <exception cref="ValidationException">form.none-expected · form.invalid with each field that breaks the schema (400)</exception>
    /// <exception cref="Engine.TaskInstances.RuleBrokenException">A checklist does not answer for each of its items (400).</exception>
    /// <param name="items">What the task's checklist names; empty where it has none.</param>
    /// <param name="member">Of the request that holds the form; errors name it.</param>
    public static async Task<string?> Check(
        JsonElement? filled, string? formId, Catalogue catalogue, IReadOnlyList<string> items, string member = "form")
    {
        var definition = formId is null ? null : catalogue.Set.Forms.GetValueOrDefault(formId);
        if (filled is not { ValueKind: JsonValueKind.Object } form)
        {
            return definition is not null && (await Errors("{}", definition)).Count == 0 ? "{}" : null;
        }

        if (definition is null)
        {
            throw new ValidationException([new ValidationFailure(member, "form.none-expected") { ErrorCode = "form.none-expected" }]);
        }

        var errors = await Errors(form.GetRawText(), definition);
        if (errors.Count > 0)
        {
            throw new ValidationException(errors.Select(error => Failure(error, member)));
        }

        ChecklistAnswers.Require(definition.Id, form, items);
        return form.GetRawText();
    }

    private static async Task<ICollection<NJsonSchema.Validation.ValidationError>> Errors(string form, FormDefinition definition) =>
        (await JsonSchema.FromJsonAsync(definition.Schema)).Validate(form);

    private static ValidationFailure Failure(NJsonSchema.Validation.ValidationError error, string member) =>
        new($"{member}.{error.Path?.TrimStart('#', '/')}", error.Kind.ToString(), error.Kind.ToString()) { ErrorCode = "form.invalid" };
}
