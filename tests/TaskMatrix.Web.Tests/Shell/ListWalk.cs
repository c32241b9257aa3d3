using AngleSharp.Dom;

namespace TaskMatrix.Web.Tests.Shell;

/// <summary>A list with all its pages.</summary>
internal static class ListWalk
{
    /// <param name="rows">Selects a row of the list.</param>
    public static async Task<IReadOnlyList<IElement>> Rows(Visitor visitor, string address, string rows)
    {
        var found = new List<IElement>();
        for (var next = address; next is not null;)
        {
            var page = await visitor.Get(next);
            found.AddRange(page.Document.QuerySelectorAll(rows));
            next = page.Document.QuerySelectorAll(".paging a").Select(link => link.GetAttribute("href")!).FirstOrDefault(link => link.Contains("cursor=", StringComparison.Ordinal));
        }

        return found;
    }
}
