using System.Net;
using TaskMatrix.App.Audit;
using TaskMatrix.Web.Audit;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Audit;

/// <summary>The record by pages and plain forms.</summary>
[Collection(PagesCollection.Name)]
public sealed class AuditPageTests(PagesServer server)
{
    [Theory]
    [InlineData("taiping.auditor")]
    [InlineData("taiping.inspector")]
    public async Task The_list_is_filtered_and_the_result_of_the_check_is_seen(string userName)
    {
        var visitor = await server.Visit(userName);
        Assert.Contains("/audit", (await visitor.Get("/audit")).Document.QuerySelectorAll("nav a[aria-current]").Select(link => link.GetAttribute("href")));

        var list = await visitor.Get("/audit?unit=education&action=issue");
        Assert.NotEmpty(list.Document.QuerySelectorAll("table.audit tbody tr"));
        Assert.All(list.Document.QuerySelectorAll("table.audit tbody tr"), row => Assert.Contains("区教育局", row.TextContent));
        Assert.Equal(userName == "taiping.inspector", list.Document.QuerySelectorAll("table.audit a[href^='/tasks/']").Length > 0);

        var verified = await visitor.Send(list.Form("/audit/verify"));
        Assert.Equal((HttpStatusCode.OK, "底稿完好"), (verified.Status, verified.Text("#verified-heading")));
        Assert.NotNull(verified.Document.QuerySelector("section.told time"));
    }

    [Fact]
    public async Task Heads_that_do_not_fit_are_told_with_chain_place_and_reason()
    {
        var visitor = await server.Visit("taiping.auditor");
        var heads = await visitor.Client.GetStringAsync("/audit/heads.json");
        var form = (await visitor.Get("/audit")).Form("/audit/verify");
        var kept = await Upload(visitor, form, heads);
        var intact = await kept.Content.ReadAsStringAsync();
        Assert.Contains("底稿完好", intact, StringComparison.Ordinal);
        Assert.Contains($"上传的 {System.Text.RegularExpressions.Regex.Count(heads, "\"hash\"")} 个链头", intact, StringComparison.Ordinal);

        var forged = System.Text.RegularExpressions.Regex.Replace(heads, "\"hash\":\"[0-9a-f]{64}\"", $"\"hash\":\"{new string('0', 64)}\"");
        var html = await (await Upload(visitor, form, forged)).Content.ReadAsStringAsync();
        Assert.Contains("底稿已被改动", html, StringComparison.Ordinal);
        Assert.Contains("哈希与另处保存的链头不符", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await Upload(visitor, form, "{ no json")).StatusCode);
    }

    [Fact]
    public async Task A_closed_period_is_downloaded_and_an_open_one_refused()
    {
        var visitor = await server.Visit("taiping.auditor");

        var zip = await visitor.Client.GetAsync("/audit/archive.zip?from=2020-01-20&to=2020-01-21");

        Assert.Equal("application/zip", zip.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.Get("/audit/archive.zip?from=2020-01-20&to=2120-01-23")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.Get("/audit/archive.zip?from=nonsense&to=2020-01-21")).Status);
    }

    [Fact]
    public void Every_reason_the_check_can_give_has_words()
    {
        var texts = (Texts)server.Services.GetService(typeof(Texts))!;
        var source = string.Concat(SourceRoot.Files("src", "*.cs").Where(file => file.Contains("/TaskMatrix.App/Audit/", StringComparison.Ordinal)).Select(File.ReadAllText));

        Assert.All(AuditWords.Reasons, reason => Assert.Contains(reason.Begins, source, StringComparison.Ordinal));
        Assert.All(AuditWords.Reasons, reason => Assert.True(texts.Has(reason.Key)));
        Assert.All(
            new[] { "time is not the payload's", "task 太平-2020-000001 has no entry", "task 太平-2020-000001 cannot be rebuilt: x" },
            why => Assert.NotEqual(why, AuditWords.Why(texts, new BrokenEntry("taiping/education", 1, why))));
    }

    private static Task<HttpResponseMessage> Upload(Visitor visitor, AngleSharp.Html.Dom.IHtmlFormElement form, string file)
    {
        var body = new MultipartFormDataContent();
        foreach (var hidden in form.QuerySelectorAll("input[type=hidden]"))
        {
            body.Add(new StringContent(hidden.GetAttribute("value")!), hidden.GetAttribute("name")!);
        }

        body.Add(new StringContent(file), "heads", "heads.json");
        return visitor.Client.PostAsync("/audit/verify", body);
    }
}
