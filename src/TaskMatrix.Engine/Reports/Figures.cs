using System.Text.Json;

namespace TaskMatrix.Engine.Reports;

/// <summary>The whole numbers that stand at the top level of a filled form.</summary>
public static class Figures
{
    /// <summary>Nothing that is counted here comes near it; whatever is larger is no figure.</summary>
    public const long Largest = 1_000_000_000_000;

    /// <param name="form">JSON object; null or anything else has none.</param>
    /// <param name="fields">Those that count.</param>
    public static IReadOnlyDictionary<string, long> Of(string? form, IReadOnlyCollection<string> fields)
    {
        var figures = All(form);
        return fields.Where(figures.ContainsKey).ToDictionary(field => field, field => figures[field]);
    }

    /// <summary>Whether any of them is not zero.</summary>
    public static bool AnyIn(string? form) => All(form).Values.Any(figure => figure != 0);

    private static Dictionary<string, long> All(string? form)
    {
        var figures = new Dictionary<string, long>();
        if (form is null)
        {
            return figures;
        }

        using var json = JsonDocument.Parse(form);
        foreach (var member in json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.EnumerateObject().ToList() : [])
        {
            if (Whole(member.Value) is { } figure)
            {
                figures[member.Name] = figure;
            }
        }

        return figures;
    }

    /// <summary>1.0 is a whole number too.</summary>
    private static long? Whole(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.Truncate(number) == number && Math.Abs(number) <= Largest
            ? (long)number
            : null;
}
