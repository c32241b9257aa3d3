using MediatR;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Duties;

internal sealed record AssumptionsBody(IReadOnlyList<SetAssumptions.NewValue>? Assumptions);

internal static class DutyEndpoints
{
    public static void MapDuties(this IEndpointRouteBuilder api)
    {
        api.MapGet("/duties", (string? jurisdiction, string? unit, string? kind, string? plan, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ListDuties.Query(jurisdiction, unit, QueryValue.Enum<DutyKind>("kind", kind), plan, new Paging(cursor, limit)), ct));
        api.MapGet("/duties/{id}", (string id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetDuty.Query(id), ct));
        api.MapPut("/duties/{id}/assumptions", (string id, AssumptionsBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new SetAssumptions.Command(id, body.Assumptions ?? []), ct));
        api.MapGet("/matrix", (string? jurisdiction, string? plan, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new GetMatrix.Query(jurisdiction, plan), ct));
    }
}
