namespace TaskMatrix.Web.Shell;

/// <summary>Addresses of pages with what they are narrowed to.</summary>
internal static class PageAddress
{
    /// <param name="query">What is blank is left out: not filtered.</param>
    public static string Of(string path, params IEnumerable<(string Name, string? Value)> query) =>
        path + QueryString.Create(query.Where(one => !string.IsNullOrWhiteSpace(one.Value)).Select(one => KeyValuePair.Create(one.Name, one.Value)));
}
