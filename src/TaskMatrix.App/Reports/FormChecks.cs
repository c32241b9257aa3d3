using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using NJsonSchema;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Reports;

/// <summary>Checks a filled form against its JSON Schema.</summary>
internal static class FormChecks
{
    /// <returns>The form as JSON text; null when none was given.</returns>
    /// <exception cref="ValidationException">Each field that breaks the schema.</exception>
    public static async Task<string?> Check(JsonElement? filled, string? formId, Catalogue catalogue)
    {
        if (filled is not { ValueKind: JsonValueKind.Object } form)
        {
            return null;
        }

        if (formId is null || !catalogue.Set.Forms.TryGetValue(formId, out var definition))
        {
            throw new ValidationException([new ValidationFailure("form", "form.none-expected") { ErrorCode = "form.none-expected" }]);
        }

        var text = form.GetRawText();
        var schema = await JsonSchema.FromJsonAsync(definition.Schema);
        var errors = schema.Validate(text);
        return errors.Count == 0
            ? text
            : throw new ValidationException(errors.Select(error => new ValidationFailure($"form.{error.Path?.TrimStart('#', '/')}", error.Kind.ToString()) { ErrorCode = "form.invalid" }));
    }
}
