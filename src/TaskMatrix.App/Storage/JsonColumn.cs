using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TaskMatrix.App.Storage;

/// <summary>A value kept as JSON text. Values are immutable, so they compare by their text.</summary>
internal static class JsonColumn
{
    /// <summary>How the program writes JSON everywhere inside: camelCase, enums by name, Chinese readable.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property)
    {
        property.HasConversion(
            value => Write(value),
            text => Read<T>(text),
            new ValueComparer<T>(
                (left, right) => ReferenceEquals(left, right) || Write(left) == Write(right), value => Write(value).GetHashCode(), value => value));
        return property;
    }

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)!;
}
