using System.Text.Json;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Reports;

/// <summary>更正 that waits for its signature.</summary>
/// <param name="Form">What the report should say; null for 无情况 without a form.</param>
/// <param name="By">User name of who wrote it.</param>
public sealed record CorrectionView(JsonElement? Form, Outcome Outcome, string Text, string Reason, string By, DateTimeOffset At)
{
    public static CorrectionView? Of(Correction? correction) => correction is null
        ? null
        : new(FormJson.Of(correction.Form), correction.Outcome, correction.Text, correction.Reason, correction.Person, correction.WrittenAt);
}

/// <summary>A stored form as JSON to answer with.</summary>
internal static class FormJson
{
    public static JsonElement? Of(string? form)
    {
        if (form is null)
        {
            return null;
        }

        using var json = JsonDocument.Parse(form);
        return json.RootElement.Clone();
    }
}
