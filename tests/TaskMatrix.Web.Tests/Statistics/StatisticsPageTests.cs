using System.Net;
using System.Text.Json;
using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Statistics;

/// <summary>Figures over the API and as a page.</summary>
[Collection(PagesCollection.Name)]
public sealed class StatisticsPageTests(PagesServer server)
{
    [Theory]
    [InlineData("unit")]
    [InlineData("duty")]
    [InlineData("section")]
    [InlineData("day")]
    public async Task The_page_has_a_table_for_every_plot_and_files_of_the_same(string by)
    {
        var page = await (await server.Visit("taiping.leader")).Get($"/statistics?from=2020-01-20&to=2020-02-10&by={by}");

        Assert.Equal((HttpStatusCode.OK, 2), (page.Status, page.Document.QuerySelectorAll("[data-plot]").Length));
        foreach (var plot in page.Document.QuerySelectorAll("#figures-heading ~ .plots [data-plot]"))
        {
            using var data = JsonDocument.Parse(plot.GetAttribute("data-plot")!);
            Assert.Equal(page.Document.QuerySelectorAll(".statistics tbody tr").Length - 1, data.RootElement.GetProperty("days").GetArrayLength());
        }

        Assert.Equal(3, page.Document.QuerySelectorAll("table").Length);
        foreach (var file in page.Document.QuerySelectorAll("a[href^='/statistics/figures.']").Select(link => link.GetAttribute("href")!))
        {
            var answer = await (await server.Visit("taiping.leader")).Client.GetAsync(file);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.StartsWith("exercise-statistics-2020-01-20-2020-02-10", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/statistics", HttpStatusCode.OK)]
    [InlineData("/statistics?from=nonsense&to=", HttpStatusCode.OK)]
    [InlineData("/statistics?from=1999-01-01&to=2020-01-01", HttpStatusCode.BadRequest)]
    [InlineData("/statistics?by=person", HttpStatusCode.BadRequest)]
    public async Task Any_period_has_its_answer(string address, HttpStatusCode expected) =>
        Assert.Equal(expected, (await (await server.Visit("taiping.education")).Get(address)).Status);

    [Fact]
    public async Task The_api_says_what_it_counted_and_names_no_person()
    {
        var api = await RunningApi.Shared;

        var answer = await api.As("lanxi.office").Get("/api/statistics?from=2020-01-20&to=2020-01-23&by=unit");
        var result = answer.Ok();

        Assert.True(result.Flag("wholeJurisdiction"));
        Assert.Equal(result["total"]!.Number("issued"), result["groups"]!.AsArray().Sum(group => group!["figures"]!.Number("issued")));
        Assert.All(result["burden"]!.AsArray(), unit => Assert.True(unit!.Number("reports") <= unit!.Number("tasks")));
        Assert.DoesNotContain("lanxi.", answer.Text, StringComparison.Ordinal);
        (await api.As("lanxi.office").Get("/api/statistics?from=2019-01-01&to=2020-01-23")).Invalid("from");
        (await api.As("lanxi.office").Get("/api/statistics?by=person")).Invalid("by");
    }
}
