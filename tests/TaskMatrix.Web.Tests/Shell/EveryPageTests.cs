using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Tests.Shell;

/// <summary>All pages of all people, with harmful words in everything they show.</summary>
[Collection(HarmedCollection.Name)]
public sealed partial class EveryPageTests(HarmedProgram program)
{
    /// <summary>Bytes of a page and all it loads, as they are sent.</summary>
    private const int Heaviest = 300_000, HeaviestMatrix = 1_000_000;

    /// <summary>Answers of the page routes that are no page: files, the stream, and what leads elsewhere at once.</summary>
    private static readonly string[] NoPages = ["/attachments/{id:guid}", "/inspections/{id:guid}/dossier", "/reports/bulletin", "/stream", "/denied", "/login", "/setup", "/welcome"];

    /// <summary>Sent again they change nothing more, or only how often somebody is asked.</summary>
    private static readonly string[] AsOftenAsYouLike =
    [
        "/login", "/logout", "/language", "/welcome", "/account/phone", "/account/password", "/account/tokens/*/revoke", "/accounts/*/link", "/notifications/*/open", "/notifications/read-all", "/account/calendar", "/account/calendar/revoke", "/channels/*/test", "/channels/*/remove",
        "/receipts/confirm", "/audit/verify", "/jobs/retry", "/jobs/*/retry", "/registers/*/results", "/inspections/rounds/*/team", "/reports/summary",
        "/tasks/many/acknowledge", "/tasks/many/approve", "/tasks/many/sign", "/tasks/many/decide-extension",
    ];

    [Theory]
    [MemberData(nameof(Everybody))]
    public void Holds_to_the_rules_of_a_page(string who) =>
        Assert.Empty(program.Pages[who].SelectMany(page => PageRules.Broken(page).Select(fault => $"{page.Address.PathAndQuery}: {fault}")).Distinct());

    public static TheoryData<string> Everybody => [.. HarmedProgram.Everybody];

    [Fact]
    public void Each_route_of_a_page_is_come_to_by_somebody()
    {
        var paths = program.Pages.Values.SelectMany(pages => pages).Select(page => page.Address.AbsolutePath).Distinct().ToList();
        var unseen = program.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<PageEndpoint>() is not null && route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("GET"))
            .Select(route => route.RoutePattern.RawText!)
            .Where(pattern => !pattern.Split('/')[^1].Contains('.') && !NoPages.Contains(pattern))
            .Where(pattern => !paths.Exists(path => Regex.IsMatch(path, $"^{Place().Replace(pattern, place => place.Value.EndsWith(":guid}", StringComparison.Ordinal) ? "[0-9a-f-]{36}" : "[^/]+").TrimEnd('/')}/?$")));
        Assert.Empty(unseen);
    }

    /// <summary>By the token of the form, or by the version of the thing that was seen.</summary>
    [Fact]
    public void Each_form_that_makes_something_can_be_sent_once_only()
    {
        var forms = program.Pages.Values.SelectMany(pages => pages).SelectMany(page => page.Document.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>()).ToList();
        Assert.Empty(forms.Where(form => form.QuerySelector("input[name=__RequestVerificationToken]") is null).Select(Kind).Distinct());
        Assert.Empty(forms.Where(form => !Once(form) && !AsOftenAsYouLike.Contains(Kind(form))).Select(Kind).Distinct());
        Assert.Empty(forms.Where(form => Once(form) && !form.HasAttribute("data-once")).Select(Kind).Distinct());
        Assert.True(forms.Where(Once).Select(Kind).Distinct().Count() > 25, "Hardly any form was seen");
    }

    [Fact]
    public async Task Weighs_no_more_with_all_it_loads_than_a_slow_line_can_carry()
    {
        var visitor = await program.Server.Visit("taiping.office");
        visitor.Client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br, gzip");
        var weights = new Dictionary<string, int>();
        var heavy = new List<string>();
        foreach (var page in program.Pages.SelectMany(pages => pages.Value))
        {
            var weight = System.Text.Encoding.UTF8.GetByteCount(page.Html);
            foreach (var asset in page.Document.QuerySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], img[src]").Select(part => part.GetAttribute("href") ?? part.GetAttribute("src")!).Distinct())
            {
                weights.TryAdd(asset, weights.TryGetValue(asset, out var known) ? known : (await visitor.Client.GetByteArrayAsync(asset)).Length);
                weight += weights[asset];
            }

            if (weight > (page.Address.AbsolutePath == "/matrix" ? HeaviestMatrix : Heaviest))
            {
                heavy.Add($"{page.Address.PathAndQuery}: {weight}");
            }
        }

        Assert.True(heavy.Count == 0, string.Join('\n', heavy.Concat(weights.Select(asset => $"  {asset.Key} {asset.Value}"))));
    }

    private static string Kind(IHtmlFormElement form) => PageWalk.Kind(form.GetAttribute("action")!);

    private static bool Once(IHtmlFormElement form) => form.Elements.Any(field => field is IHtmlInputElement { Name: "formToken" or "expectedVersion" or "from", Type: "hidden", Value.Length: > 0 });

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Place();
}
