using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;

namespace TaskMatrix.Web.Hosting;

/// <summary>JSON of the API: camelCase, enums by name, unknown and duplicate members refused, Chinese readable.</summary>
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
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }
}
