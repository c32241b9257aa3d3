using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskMatrix.Engine.Inspections;

/// <summary>The fields of an inspection as text, to compare a row with the replay of its events.</summary>
public static class InspectionFields
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(), new Utc() },
    };

    /// <summary>Everything but what lives in memory alone.</summary>
    private static readonly System.Reflection.PropertyInfo[] Stored =
        [.. typeof(Inspection).GetProperties().Where(property => property.Name is not (nameof(Inspection.Recorded) or nameof(Inspection.ExpectedVersion)))];

    /// <summary>The fields that differ between a row and the replay of its events; empty when they agree.</summary>
    public static IReadOnlyList<string> Differing(Inspection row, Inspection replayed) =>
        [.. Stored.Where(property => Text(property.GetValue(row)) != Text(property.GetValue(replayed))).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];

    private static string Text(object? value) => JsonSerializer.Serialize(value, Json);

    /// <summary>A moment is the same whatever its offset.</summary>
    private sealed class Utc : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToUniversalTime());
    }
}
