using System.Net;
using System.Text.RegularExpressions;

namespace TaskMatrix.Web.Tests.Shell;

/// <summary>The pages that somebody comes to by links from the desk, one of each kind.</summary>
internal static partial class PageWalk
{
    /// <param name="also">Pages to see besides, each of them.</param>
    public static async Task<IReadOnlyList<SeenPage>> All(Visitor visitor, IEnumerable<string> also)
    {
        var (pages, seen, waiting) = (new List<SeenPage>(), new HashSet<string>(), new Queue<string>(["/"]));
        foreach (var address in also.Distinct())
        {
            if (await Page(visitor, address) is { } page)
            {
                pages.Add(page);
            }
        }

        while (waiting.TryDequeue(out var address))
        {
            if (seen.Add(Kind(address)) && await Page(visitor, address) is { } page)
            {
                pages.Add(page);
                foreach (var link in page.Document.QuerySelectorAll("a[href^='/']:not([download])"))
                {
                    waiting.Enqueue(link.GetAttribute("href")!.Split('#')[0]);
                }
            }
        }

        return pages;
    }

    /// <summary>Addresses that differ only in which thing they name are one kind.</summary>
    public static string Kind(string address) => Thing().Replace(address.Split('?', '#')[0], "*");

    /// <returns>Null: a file to keep, or nothing that this person may see.</returns>
    private static async Task<SeenPage?> Page(Visitor visitor, string address)
    {
        var page = await visitor.Get(address);
        return page.Status == HttpStatusCode.OK && page.Response.Content.Headers.ContentType?.MediaType == "text/html" ? page : null;
    }

    [GeneratedRegex(@"(?<=/registers/)[^/]+/[^/]+|(?<=/registers/[^/]+/[^/]+/lines/)[^/]+|(?<=/workflows/)(?!new$)[^/]+|(?<=/(plans|duties|schedules|units|accounts|tokens|organisation)/)(?!new$|units(/|$))[^/]+|(?<=/)[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Thing();
}
