using System.Text.Json;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Reports;

/// <summary>Reads a form: a JSON Schema of one flat object with a title.</summary>
internal static class FormReader
{
    /// <returns>Null, with the problem told, when the text is no such schema.</returns>
    public static FormDefinition? Read(string id, string text, ProblemList problems)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return Read(id, text, json.RootElement, problems);
        }
        catch (JsonException e)
        {
            problems.Add((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1, "form.syntax", e.Message);
            return null;
        }
    }

    private static FormDefinition? Read(string id, string text, JsonElement root, ProblemList problems)
    {
        if (Text(root, "title") is not { } title)
        {
            problems.Add(1, 1, "yaml.missing", "title");
            return null;
        }

        if (!root.TryGetProperty("properties", out var fields) || fields.ValueKind != JsonValueKind.Object)
        {
            problems.Add(1, 1, "yaml.missing", "properties");
            return null;
        }

        return new FormDefinition(id, title, Text(root, "x-title-en") ?? title, [.. fields.EnumerateObject().Select(field => field.Name)], text)
        {
            Figures = [.. fields.EnumerateObject().Where(field => Text(field.Value, "type") == "integer").Select(Figure)],
            MayBeNil = root.TryGetProperty("x-nil", out var nil) && nil.ValueKind == JsonValueKind.True,
        };
    }

    private static FormFigure Figure(JsonProperty field) => new(
        field.Name, Text(field.Value, "title") ?? field.Name, Text(field.Value, "x-title-en") ?? Text(field.Value, "title") ?? field.Name, Text(field.Value, "x-unit") ?? "");

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
