using MediatR;
using TaskMatrix.App.Reports;

namespace TaskMatrix.Web.Reports;

internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder api) =>
        api.MapGet("/forms/{id}", async (string id, IMediator mediator, CancellationToken ct) =>
            Results.Text((await mediator.Send(new GetForm.Query(id), ct)).Schema, "application/schema+json", System.Text.Encoding.UTF8));
}
