using System.Globalization;
using System.Text.Json;

namespace TaskMatrix.Engine.Workflows;

/// <summary>Compares one top-level field of a submitted form; there is no expression language.</summary>
/// <param name="Step">Step whose form is read.</param>
/// <param name="Operator">eq, ne, gt, ge, lt, le or present.</param>
public sealed record Condition(string Step, string Field, string Operator, string? Value)
{
    public static readonly IReadOnlyList<string> Operators = ["eq", "ne", "gt", "ge", "lt", "le", "present"];

    /// <summary>A missing field, or one that is no number where a number is compared, does not hold.</summary>
    public bool Holds(string? formJson)
    {
        if (formJson is null)
        {
            return false;
        }

        using var form = JsonDocument.Parse(formJson);
        if (form.RootElement.ValueKind != JsonValueKind.Object || !form.RootElement.TryGetProperty(Field, out var field)
            || field.ValueKind == JsonValueKind.Null)
        {
            return false;
        }

        return Operator switch
        {
            "present" => true,
            "eq" => AsText(field) == Value,
            "ne" => AsText(field) != Value,
            _ => AsNumber(AsText(field)) is { } left && AsNumber(Value) is { } right && Compare(left.CompareTo(right)),
        };
    }

    private bool Compare(int order) => Operator switch
    {
        "gt" => order > 0,
        "ge" => order >= 0,
        "lt" => order < 0,
        _ => order <= 0,
    };

    private static string AsText(JsonElement field) =>
        field.ValueKind == JsonValueKind.String ? field.GetString()! : field.GetRawText();

    private static decimal? AsNumber(string? text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}
