using System.Text.Json;
using System.Text.Json.Nodes;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.Web.Reports;

/// <summary>The rows of a checklist as a form names them, and what was posted of them.</summary>
internal static class ChecklistFields
{
    /// <summary>Member of the form that holds a result for each item.</summary>
    public const string Results = "results";

    private const int MostRows = 100;

    public static string Name(int row, string part) => $"form.{Results}.{row}.{part}";

    /// <returns>The rows that have a result; null where none has one.</returns>
    public static JsonArray? Read(IFormCollection posted)
    {
        var rows = Enumerable.Range(0, MostRows).Where(row => posted[Name(row, "result")].ToString().Length > 0).Select(row => (JsonNode)Row(posted, row)).ToArray();
        return rows.Length == 0 ? null : new JsonArray(rows);
    }

    /// <summary>What was filed of the items; empty where the form is another one or of an older version.</summary>
    public static IReadOnlyList<ChecklistAnswer> Filed(JsonElement? form) =>
        form is { ValueKind: JsonValueKind.Object } filed && filed.TryGetProperty(Results, out var results) && results.ValueKind == JsonValueKind.Array
            ? [.. results.EnumerateArray().Where(row => row.ValueKind == JsonValueKind.Object && row.TryGetProperty("item", out _)).Select(Answer)]
            : [];

    private static ChecklistAnswer Answer(JsonElement row) => new(Text(row, "item") ?? "", Text(row, "result") ?? "", Text(row, "note"));

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonObject Row(IFormCollection posted, int row)
    {
        var read = new JsonObject { ["item"] = posted[Name(row, "item")].ToString(), ["result"] = posted[Name(row, "result")].ToString() };
        if (posted[Name(row, "note")].ToString().Trim() is { Length: > 0 } note)
        {
            read["note"] = note;
        }

        return read;
    }
}
