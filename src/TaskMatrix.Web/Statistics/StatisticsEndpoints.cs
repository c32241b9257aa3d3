using MediatR;
using TaskMatrix.App.Statistics;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Statistics;

/// <summary>A period and how to divide it, as the query string names them.</summary>
internal sealed record StatisticsParameters
{
    public string? Jurisdiction { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    public string? By { get; init; }

    public GetStatistics.Query ToQuery() => new(Jurisdiction, From, To, QueryValue.Enum<StatisticsBy>("by", By) ?? StatisticsBy.Unit);
}

internal static class StatisticsEndpoints
{
    public static void MapStatistics(this IEndpointRouteBuilder api)
    {
        api.MapGet("/statistics", ([AsParameters] StatisticsParameters query, IMediator mediator, CancellationToken ct) => mediator.Send(query.ToQuery(), ct));
        foreach (var kind in new[] { "xlsx", "csv" })
        {
            api.MapGet("/exports/statistics." + kind, ([AsParameters] StatisticsParameters query, StatisticsFile file, HttpContext http, CancellationToken ct) =>
                file.Write(query.ToQuery(), kind, http, ct));
        }
    }
}
