using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TaskMatrix.Web.Hosting;

/// <summary>The document at <c>/openapi/v1.json</c>, where what the generator finds in the code needs a hand.</summary>
internal static class OpenApi
{
    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.CreateSchemaReferenceId = Name;
        options.AddSchemaTransformer((schema, context, _) => TypeOfText(schema, context));
        options.AddOperationTransformer((operation, _, _) => NamesOfQuery(operation));
        options.AddDocumentTransformer((document, _, _) => Title(document));
    });

    /// <summary>Use cases all call their answer Result; each needs a name of its own.</summary>
    private static string? Name(JsonTypeInfo type) =>
        OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? (type.Type is { IsNested: true, DeclaringType: { } outer } && name == "Result" ? outer.Name + name : name) : null;

    /// <summary>A converter of our own hides from the generator that texts and moments are strings.</summary>
    private static Task TypeOfText(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = context.JsonTypeInfo.Type;
        if ((Nullable.GetUnderlyingType(type) ?? type) is var plain && (plain == typeof(string) || plain == typeof(DateTimeOffset)))
        {
            schema.Type = type == plain && context.JsonPropertyInfo?.IsGetNullable is not true ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        }

        return Task.CompletedTask;
    }

    /// <summary>As in the contract; the query itself takes either case.</summary>
    private static Task NamesOfQuery(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Query) ?? [])
        {
            parameter.Name = char.ToLowerInvariant(parameter.Name![0]) + parameter.Name[1..];
        }

        return Task.CompletedTask;
    }

    private static Task Title(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "TaskMatrix", Version = "1" };
        return Task.CompletedTask;
    }
}
