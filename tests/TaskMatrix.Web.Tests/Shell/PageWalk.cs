using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace TaskMatrix.Web.Tests.Shell;

/// <summary>The pages that somebody comes to by links from the desk, one of each kind, and each way of looking at it.</summary>
internal static partial class PageWalk
{
    /// <summary>What of a question makes another view of the page; of other names (a unit, a day, a word) one value is like the other.</summary>
    private static readonly string[] Views = ["light", "level", "state", "view", "by", "kind"];

    /// <summary>Values of one name on one kind of page: the last ones of a long list are made like the first.</summary>
    private const int MostValues = 8;

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
            if (New(address, seen) && await Page(visitor, address) is { } page)
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

    /// <summary>Another kind of page, one asked with a name that none was asked with before, or with a value that makes another view of it.</summary>
    public static bool New(string address, HashSet<string> seen)
    {
        var kind = Kind(address) + "?";
        var asked = QueryHelpers.ParseQuery(address.Contains('?', StringComparison.Ordinal) ? address[address.IndexOf('?', StringComparison.Ordinal)..] : "");
        var views = asked.Where(name => Views.Contains(name.Key)).Select(name => $"{kind}{name.Key}={name.Value}")
            .Where(view => seen.Count(known => known.StartsWith(view[..(view.IndexOf('=', StringComparison.Ordinal) + 1)], StringComparison.Ordinal)) < MostValues);
        return asked.Keys.Select(name => kind + name).Append(kind).Concat(views).ToList().Count(seen.Add) > 0;
    }

    /// <returns>Null: a file to keep, or nothing that this person may see.</returns>
    private static async Task<SeenPage?> Page(Visitor visitor, string address)
    {
        var page = await visitor.Get(address);
        return page.Status == HttpStatusCode.OK && page.Response.Content.Headers.ContentType?.MediaType == "text/html" ? page : null;
    }

    [GeneratedRegex(@"(?<=/registers/)[^/]+/[^/]+|(?<=/registers/[^/]+/[^/]+/lines/)[^/]+|(?<=/workflows/)(?!new$)[^/]+|(?<=/(plans|duties|schedules|units|accounts|tokens|organisation)/)(?!new$|units(/|$))[^/]+|(?<=/)[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Thing();
}
