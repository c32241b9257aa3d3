using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TaskMatrix.Web.Hosting;

/// <summary>
/// Each route asks at the start for how its types are read and written. Here it is told to ask again when a request comes, so that
/// a start need not look at the types of all routes. Only the options that routes hold are answered so; those of the description
/// of the API, which are others, are not.
/// </summary>
internal sealed class TypesLater : IJsonTypeInfoResolver
{
    private static readonly MethodInfo Make = typeof(TypesLater).GetMethod(nameof(Later), BindingFlags.NonPublic | BindingFlags.Instance)!;

    private readonly JsonSerializerOptions _routes;

    private readonly Lazy<JsonSerializerOptions> _whole;

    public TypesLater(JsonSerializerOptions routes)
    {
        _routes = routes;
        _whole = new(Copy);
    }

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
        ReferenceEquals(options, _routes) && Waits(type) ? (JsonTypeInfo)Make.MakeGenericMethod(type).Invoke(this, null)! : null;

    /// <summary>Not what is quickly read, nor a type of which the value says the kind: a converter of ours may write no kind.</summary>
    private static bool Waits(Type type) => !type.IsValueType && type != typeof(object) && type != typeof(string) && !IsKind(type);

    private static bool IsKind(Type? type) => type is not null
        && (type.IsDefined(typeof(JsonPolymorphicAttribute), inherit: false) || type.IsDefined(typeof(JsonDerivedTypeAttribute), inherit: false) || IsKind(type.BaseType));

    /// <summary>Without this one: two options that are alike share what they know of types, and it would ask itself.</summary>
    private JsonSerializerOptions Copy()
    {
        var copy = new JsonSerializerOptions(_routes);
        if (!copy.TypeInfoResolverChain.Remove(this))
        {
            throw new InvalidOperationException("What is asked for types is not in the chain of the routes' options.");
        }

        copy.MakeReadOnly();
        return copy;
    }

    private JsonTypeInfo<T> Later<T>() => JsonMetadataServices.CreateValueInfo<T>(_routes, new LaterConverter<T>(_whole));

    private sealed class LaterConverter<T>(Lazy<JsonSerializerOptions> whole) : JsonConverter<T>
    {
        private JsonTypeInfo<T>? _type;

        private JsonTypeInfo<T> Whole => _type ??= (JsonTypeInfo<T>)whole.Value.GetTypeInfo(typeof(T));

        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize(ref reader, Whole);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, Whole);
    }
}
