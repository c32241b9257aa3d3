namespace TaskMatrix.Web.Shell;

/// <summary>A sentence for the next page: the key of a text and its figures, in a cookie that is read once.</summary>
public sealed class Flash
{
    private const string Cookie = "told";

    public sealed record Message(string Key, IReadOnlyList<string> Arguments);

    /// <param name="key">Of a text that begins with <c>done.</c>.</param>
    public static void Tell(HttpContext http, string key, params object[] arguments) =>
        http.Response.Cookies.Append(Cookie, string.Join('|', arguments.Prepend(key)), Options(http));

    public Message? Take(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: < 200 } told)
        {
            return null;
        }

        http.Response.Cookies.Delete(Cookie, Options(http));
        var parts = told.Split('|');
        return parts[0].StartsWith("done.", StringComparison.Ordinal) && parts.Skip(1).All(part => part.All(char.IsAsciiLetterOrDigit))
            ? new Message(parts[0], parts[1..])
            : null;
    }

    private static CookieOptions Options(HttpContext http) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = TimeSpan.FromMinutes(5) };
}
