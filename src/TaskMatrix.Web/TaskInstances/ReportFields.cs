using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaskMatrix.App.Reports;
using TaskMatrix.Web.Reports;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>One field of a report form, as its JSON Schema describes it.</summary>
/// <param name="Type">integer, number, string, boolean, array (of strings) or <see cref="Rows"/>.</param>
/// <param name="Unit">What is counted; null for words.</param>
/// <param name="Longest">Characters of a string.</param>
internal sealed record ReportField(string Name, string Title, string Type, string? Unit, int? Least, int? Longest, bool Required, IReadOnlyList<string> Choices)
{
    public const string Prefix = "form.";

    /// <summary>Type of a field that has a row for each item of the checklist.</summary>
    public const string Rows = "rows";

    public string FieldName => Prefix + Name;
}

/// <summary>Reads the fields of a report form from its schema, and their values from what was posted.</summary>
internal static class ReportFields
{
    public static IReadOnlyList<ReportField> Of(FormDefinition form)
    {
        using var schema = JsonDocument.Parse(form.Schema);
        var required = schema.RootElement.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet() : [];
        return [.. schema.RootElement.GetProperty("properties").EnumerateObject().Select(field => Field(field, required))];
    }

    /// <summary>What cannot be read as its type is handed on as typed: the schema refuses it and says where.</summary>
    public static JsonObject Read(FormDefinition form, IFormCollection posted)
    {
        var values = new JsonObject();
        foreach (var field in Of(form))
        {
            if (field.Type == ReportField.Rows)
            {
                if (ChecklistFields.Read(posted) is { } rows)
                {
                    values[field.Name] = rows;
                }

                continue;
            }

            var texts = posted[field.FieldName].OfType<string>().SelectMany(text => field.Type == "array" ? text.Split('\n') : [text])
                .Select(text => text.Trim()).Where(text => text.Length > 0).ToList();
            if (texts.Count > 0)
            {
                values[field.Name] = field.Type == "array" ? new JsonArray([.. texts.Distinct().Select(text => JsonValue.Create(text))]) : Value(field, texts[0]);
            }
        }

        return values;
    }

    private static JsonValue Value(ReportField field, string text) => field.Type switch
    {
        "integer" when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        "number" when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        "boolean" => JsonValue.Create(text == "true"),
        _ => JsonValue.Create(text),
    };

    private static ReportField Field(JsonProperty field, HashSet<string?> required) => new(
        field.Name, Texts.Pick(Text(field.Value, "title") ?? field.Name, Text(field.Value, "x-title-en")), TypeOf(field.Value),
        Text(field.Value, "x-unit"), Number(field.Value, "minimum"), Number(field.Value, "maxLength"), required.Contains(field.Name),
        field.Value.TryGetProperty("enum", out var choices) ? [.. choices.EnumerateArray().Select(choice => choice.ToString())] : []);

    private static string TypeOf(JsonElement schema) => Text(schema, "type") switch
    {
        "array" when schema.TryGetProperty("items", out var items) && Text(items, "type") == "object" => ReportField.Rows,
        { } type => type,
        null => "string",
    };

    private static string? Text(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : null;
}
