using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;

namespace TaskMatrix.Web.Hosting;

/// <summary>JSON of the API: camelCase, enums by name, moments with their offset, unknown and duplicate members refused, Chinese readable.</summary>
internal static class Json
{
    public static IServiceCollection AddJson(this IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return services.Configure<JsonOptions>(options => Set(options.SerializerOptions));
    }

    private static void Set(JsonSerializerOptions json)
    {
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.RespectRequiredConstructorParameters = false;
        json.RespectNullableAnnotations = false;
        json.MaxDepth = 32;
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        json.Converters.Add(new TextConverter());
        json.Converters.Add(new MomentConverter());
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        json.TypeInfoResolverChain.Insert(0, new TypesLater(json));
    }
}

/// <summary>NUL is refused: no database keeps it in a text.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && !text.Contains('\0') ? text : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>A moment without an offset would be read in the zone of the server; one out of these bounds is no date of a plan.</summary>
internal sealed class MomentConverter : JsonConverter<DateTimeOffset>
{
    private const int Earliest = 1900, Latest = 2999;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var moment) && HasOffset(reader.GetString()!)
        && moment.UtcDateTime.Year is >= Earliest and <= Latest
            ? moment
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToUniversalTime());

    /// <summary>A date alone is none: whether it means the morning or the end of that day, a deadline in words says (<c>dueIn</c>).</summary>
    private static bool HasOffset(string text) => text.IndexOf('T') is > 0 and var time && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > time);
}
