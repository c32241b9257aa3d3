using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace TaskMatrix.Web.Tests.Shell;

/// <summary>What every page holds to, whoever looks at whatever.</summary>
internal static class PageRules
{
    /// <summary>No inline script or style, a policy that would stop one, nothing kept by the browser, every field named.</summary>
    public static IEnumerable<string> Broken(SeenPage page)
    {
        foreach (var element in page.Document.All)
        {
            if (element.LocalName is "style" or "iframe" or "object" or "embed" || (element.LocalName == "script" && !element.HasAttribute("src")))
            {
                yield return $"<{element.LocalName}> in the page";
            }

            foreach (var attribute in element.Attributes.Where(attribute => attribute.Name == "style" || attribute.Name.StartsWith("on", StringComparison.Ordinal)))
            {
                yield return $"<{element.LocalName} {attribute.Name}>";
            }

            if (element.GetAttribute("href") is { } address && !address.StartsWith('/') && !address.StartsWith('#'))
            {
                yield return $"leads to {address}";
            }

            if (element.GetAttribute("href")?.Contains("&amp;", StringComparison.Ordinal) == true)
            {
                yield return $"encoded twice: {element.GetAttribute("href")}";
            }
        }

        foreach (var twice in page.Document.QuerySelectorAll("[id]").GroupBy(element => element.Id).Where(same => same.Count() > 1))
        {
            yield return $"id {twice.Key} twice";
        }

        foreach (var field in page.Document.QuerySelectorAll("input:not([type=hidden]), select, textarea").Where(field => !Named(page.Document, field)))
        {
            yield return $"field {field.GetAttribute("name")} without a label";
        }

        foreach (var table in page.Document.QuerySelectorAll<IHtmlTableElement>("table").Where(HeadStandsAside))
        {
            yield return $"a head beside its figures: {table.Head!.TextContent.Trim()[..Math.Min(20, table.Head.TextContent.Trim().Length)]}";
        }

        if (page.Document.QuerySelectorAll("h1").Length != 1 || page.Document.QuerySelectorAll("main#content").Length != 1 || page.Document.QuerySelector("a.skip[href='#content']") is null)
        {
            yield return "not one heading, one main part and a way to skip to it";
        }

        if (!page.Response.Headers.GetValues("Content-Security-Policy").Single().Contains("default-src 'none'", StringComparison.Ordinal)
            || page.Response.Headers.GetValues("X-Content-Type-Options").Single() != "nosniff" || page.Response.Headers.CacheControl?.NoStore != true)
        {
            yield return "headers that are missing";
        }
    }

    /// <summary>Figures stand to the right of their column, and so does its head; where no cell spans several columns.</summary>
    private static bool HeadStandsAside(IHtmlTableElement table)
    {
        if (table.Head?.Rows is not { Length: 1 } heads || table.Bodies.SelectMany(body => body.Rows).FirstOrDefault(row => row.Cells.Length == heads[0].Cells.Length) is not { } first)
        {
            return false;
        }

        return first.Cells.Zip(heads[0].Cells).Any(pair => pair.First.ClassList.Contains("count") && !pair.Second.ClassList.Contains("count"));
    }

    private static bool Named(IDocument page, IElement field) =>
        field.Closest("label") is not null || field.HasAttribute("aria-label") || page.QuerySelector($"label[for='{field.Id}']") is not null;
}
