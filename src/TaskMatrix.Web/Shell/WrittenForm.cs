using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Web.Shell;

/// <summary>What somebody wrote into a form that cannot be taken any more: shown to be copied, so that it is not lost.</summary>
internal static class WrittenForm
{
    /// <summary>Characters shown of all fields together.</summary>
    private const int Most = 100_000;

    /// <summary>Fields that nobody fills in, and those nobody may see.</summary>
    private static readonly string[] Left = ["__RequestVerificationToken", FormMemory.Field, "expectedVersion", "returnUrl", "from", "key", "again", "secret"];

    /// <returns>Field and value, in the order of the form; files are not among them.</returns>
    public static async Task<IReadOnlyList<(string Field, string Value)>> Read(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            return [];
        }

        var (written, left) = (new List<(string, string)>(), Most);
        foreach (var (field, values) in await http.Request.ReadFormAsync(http.RequestAborted))
        {
            var value = values.ToString();
            if (value.Length > 0 && value.Length <= left && !Left.Contains(field) && DraftRules.Keeps(field))
            {
                written.Add((field, value));
                left -= value.Length;
            }
        }

        return written;
    }

    /// <summary>The page a form was sent from; null when the browser does not say, or it is not ours.</summary>
    public static string? Page(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == request.Host.Value ? Pages.Local(from.PathAndQuery) : null;
}
