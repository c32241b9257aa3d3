using FluentValidation;
using FluentValidation.Results;

namespace TaskMatrix.Web.Hosting;

/// <summary>Values of the query string that have to be one of a set.</summary>
internal static class QueryValue
{
    /// <exception cref="ValidationException">query.unknown-value (400)</exception>
    public static T? Enum<T>(string name, string? text) where T : struct, Enum
    {
        if (text is null)
        {
            return null;
        }

        // By its name alone: Enum.Parse would also take numbers and sums of names.
        return System.Enum.GetNames<T>().FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known
            ? System.Enum.Parse<T>(known)
            : throw new ValidationException([new ValidationFailure(name, "query.unknown-value", text) { ErrorCode = "query.unknown-value" }]);
    }
}
