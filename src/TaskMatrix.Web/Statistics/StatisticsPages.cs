using System.Globalization;
using System.Text.Json;
using MediatR;
using TaskMatrix.App.Statistics;
using TaskMatrix.Engine.Statistics;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Statistics;

public sealed record StatisticsPageQuery
{
    /// <summary>yyyy-MM-dd; anything else is none.</summary>
    public string? From { get; init; }

    public string? To { get; init; }

    public string? By { get; init; }

    public GetStatistics.Query ToQuery() => new(null, Day(From), Day(To), QueryValue.Enum<StatisticsBy>("by", Blank.ToNull(By)) ?? StatisticsBy.Unit);

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and <= 2999 ? day : null;
}

public sealed record StatisticsModel(GetStatistics.Result Figures)
{
    private string Query => $"?from={Figures.From:yyyy-MM-dd}&to={Figures.To:yyyy-MM-dd}&by={Texts.Camel(Figures.By)}";

    /// <param name="kind">xlsx or csv.</param>
    public string File(string kind) => "/statistics/figures." + kind + Query;

    /// <summary>Read by reports.js; the table beside it says the same.</summary>
    public string Plot(Func<StatisticsGroup, string> name) => JsonSerializer.Serialize(new
    {
        days = Figures.Groups.Select(name),
        bars = new[]
        {
            new { colour = "accent", values = Figures.Groups.Select(group => group.Figures.OnTime) },
            new { colour = "red", values = Figures.Groups.Select(group => group.Figures.Decided - group.Figures.OnTime) },
            new { colour = "grey", values = Figures.Groups.Select(group => group.Figures.Issued - group.Figures.Decided) },
        },
    });

    public string AgePlot(Func<AgeBand, string> name) => JsonSerializer.Serialize(new
    {
        days = Figures.Ageing.Select(name),
        bars = new[]
        {
            new { colour = "accent", values = Figures.Ageing.Select(band => band.Open - band.Late) },
            new { colour = "red", values = Figures.Ageing.Select(band => band.Late) },
        },
    });
}

internal static class StatisticsPages
{
    public static void MapStatisticsPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/statistics", async ([AsParameters] StatisticsPageQuery query, IMediator mediator, CancellationToken ct) =>
            Pages.Show<StatisticsPage>(new StatisticsModel(await mediator.Send(query.ToQuery(), ct))));
        foreach (var kind in new[] { "xlsx", "csv" })
        {
            pages.MapGet("/statistics/figures." + kind, ([AsParameters] StatisticsPageQuery query, StatisticsFile file, HttpContext http, CancellationToken ct) =>
                file.Write(query.ToQuery(), kind, http, ct));
        }
    }
}
