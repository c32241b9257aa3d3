using System.Text.Json;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Reports;

/// <summary>Reads what a filed checklist says of its items.</summary>
internal static class ChecklistAnswers
{
    private const string Results = "results";

    /// <returns>Empty for a form of words and figures alone, and for one of an older version.</returns>
    public static IReadOnlyList<ChecklistAnswer> Of(JsonElement? form) =>
        form is { ValueKind: JsonValueKind.Object } filed && filed.TryGetProperty(Results, out var results) && results.ValueKind == JsonValueKind.Array
            ? results.Deserialize<List<ChecklistAnswer>>(JsonColumn.Options)!
            : [];

    /// <summary>A checklist with anything in it answers for every item; words alone, with an empty form, stay allowed.</summary>
    /// <exception cref="Engine.TaskInstances.RuleBrokenException">As <see cref="Checklist.Require"/> (400).</exception>
    public static void Require(string formId, JsonElement form, IReadOnlyList<string> items)
    {
        if (formId == Checklist.Form && form.TryGetProperty("results", out _))
        {
            Checklist.Require(items, Of(form));
        }
    }
}
