using System.Text.Json;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Reports;

/// <summary>The columns that registers are made of, as the one form of register lines describes them.</summary>
internal static class RegisterColumns
{
    public const string Form = "register-line";

    private const int Longest = 500;

    private static readonly Dictionary<string, RegisterColumnKind> Kinds =
        Enum.GetValues<RegisterColumnKind>().ToDictionary(kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()));

    /// <summary>The columns of a register, in its order; one the form has no more is left out.</summary>
    public static IReadOnlyList<RegisterColumn> Of(RegisterDefinition register, DefinitionSet set)
    {
        if (!set.Forms.TryGetValue(Form, out var form))
        {
            return [];
        }

        using var schema = JsonDocument.Parse(form.Schema);
        var fields = schema.RootElement.GetProperty("properties");
        return [.. register.Columns.Where(form.Fields.Contains).Select(id => Column(id, fields.GetProperty(id)))];
    }

    private static RegisterColumn Column(string id, JsonElement field) => new(
        id, Text(field, "title") ?? id, Text(field, "x-title-en") ?? id,
        Text(field, "x-kind") is { } kind ? Kinds.GetValueOrDefault(kind, RegisterColumnKind.Words) : RegisterColumnKind.Words,
        field.TryGetProperty("x-personal", out var personal) && personal.ValueKind == JsonValueKind.True,
        field.TryGetProperty("maxLength", out var longest) && longest.TryGetInt32(out var most) ? most : Longest);

    private static string? Text(JsonElement field, string name) =>
        field.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
