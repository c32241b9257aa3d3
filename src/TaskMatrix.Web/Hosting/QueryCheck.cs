using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Metadata;

namespace TaskMatrix.Web.Hosting;

/// <param name="name">As the caller wrote it, which may be anything.</param>
internal sealed class UnreadableParameterException(string name) : BadHttpRequestException("A parameter of the query cannot be read.")
{
    /// <summary>Where it stood, <c>?limit</c>; empty where the name is none of ours, which is told to nobody again.</summary>
    public string Place { get; } = name is [var first, ..] && name.All(char.IsAsciiLetterOrDigit) ? "?" + char.ToLowerInvariant(first) + name[1..] : "";
}

/// <summary>
/// What is no value of its parameter is told with its place, also where the parameter may be left out; NUL, which no database
/// keeps in a text, is none of any. The API names each parameter once: of two, a proxy may judge by one and we by the other.
/// </summary>
internal sealed class QueryCheck(RequestDelegate next)
{
    /// <summary>Whether a text is a value, by the rules by which the route reads it.</summary>
    internal static readonly IReadOnlyDictionary<Type, Func<string, bool>> Types = new Dictionary<Type, Func<string, bool>>
    {
        [typeof(int)] = Fits<int>, [typeof(long)] = Fits<long>, [typeof(double)] = Fits<double>, [typeof(bool)] = Fits<bool>, [typeof(Guid)] = Fits<Guid>,
        [typeof(DateOnly)] = text => DateOnly.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out _),
        [typeof(DateTimeOffset)] = text => DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out _),
    };

    private readonly ConditionalWeakTable<Endpoint, Dictionary<string, Func<string, bool>>> _parameters = [];

    /// <exception cref="UnreadableParameterException">A parameter named twice, a NUL in its value, or a value of another type (400).</exception>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Query.Count > 0 && context.GetEndpoint() is { } endpoint)
        {
            var (parameters, isApi) = (_parameters.GetValue(endpoint, Parameters), context.Request.Path.StartsWithSegments("/api"));
            foreach (var (name, value) in context.Request.Query)
            {
                var text = value.ToString();
                if (text.Contains('\0') || (isApi && value.Count > 1) || (parameters.TryGetValue(name, out var fits) && !fits(text)))
                {
                    throw new UnreadableParameterException(name);
                }
            }
        }

        return next(context);
    }

    /// <summary>Those that are no text, by name; what stands in the path is not asked for here.</summary>
    private static Dictionary<string, Func<string, bool>> Parameters(Endpoint endpoint) =>
        endpoint.Metadata.OfType<IParameterBindingMetadata>()
            .Where(one => (endpoint as RouteEndpoint)?.RoutePattern.GetParameter(one.Name) is null)
            .Select(one => (one.Name, Type: TypeOf(one)))
            .Where(one => Types.ContainsKey(one.Type))
            .DistinctBy(one => one.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(one => one.Name, one => Types[one.Type], StringComparer.OrdinalIgnoreCase);

    internal static Type TypeOf(IParameterBindingMetadata parameter) =>
        Nullable.GetUnderlyingType(parameter.ParameterInfo.ParameterType) ?? parameter.ParameterInfo.ParameterType;

    private static bool Fits<T>(string text) where T : IParsable<T> => T.TryParse(text, CultureInfo.InvariantCulture, out _);
}
