using System.Globalization;

namespace TaskMatrix.Web.Shell;

/// <summary>The moment a page looks back to, as its form or a link writes it.</summary>
internal static class AsOf
{
    /// <param name="text">A local time without an offset, or a moment with one.</param>
    /// <returns>Null for nothing, for what is no moment, and for what is still to come: the present.</returns>
    public static DateTimeOffset? Of(string? text, Visit visit)
    {
        var moment = DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is >= 1900 and <= 2999
            ? visit.FromLocal(local)
            : DateTimeOffset.TryParseExact(text, ["O", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact) ? exact : (DateTimeOffset?)null;
        return moment < visit.Now ? moment : null;
    }
}
