using MediatR;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;

namespace TaskMatrix.Web.TaskInstances;

internal static class ReceiptEndpoints
{
    public static void MapReceipts(this IEndpointRouteBuilder api) =>
        api.MapGet("/receipts", (string? unit, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ListReceipts.Query(unit, new Paging(cursor, limit)), ct));
}
