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

        return System.Enum.TryParse<T>(text, ignoreCase: true, out var value) && !char.IsDigit(text[0]) && System.Enum.IsDefined(value)
            ? value
            : throw new ValidationException([new ValidationFailure(name, "query.unknown-value", text) { ErrorCode = "query.unknown-value" }]);
    }
}
