using System.Text.Json;
using MediatR;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Duties;

internal sealed record AssumptionsBody(IReadOnlyList<AssumptionBody?>? Assumptions);

/// <param name="Value">A text, or true or false.</param>
/// <param name="Why">The office's reason, for the record.</param>
internal sealed record AssumptionBody(string? Field, JsonElement? Value, string? Why)
{
    public SetAssumptions.NewValue ToValue() => new(Field!, Text!, Why);

    private string? Text => Value switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.True or JsonValueKind.False } flag => flag.GetRawText(),
        _ => null,
    };
}

internal static class DutyEndpoints
{
    public static void MapDuties(this IEndpointRouteBuilder api)
    {
        api.MapGet("/duties", (string? jurisdiction, string? unit, string? kind, string? plan, string? q, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ListDuties.Query(jurisdiction, unit, QueryValue.Enum<DutyKind>("kind", kind), plan, new Paging(cursor, limit), string.IsNullOrWhiteSpace(q) ? null : q.Trim()), ct));
        api.MapGet("/duties/{id}", (string id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetDuty.Query(id), ct));
        api.MapPut("/duties/{id}/assumptions", (string id, AssumptionsBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new SetAssumptions.Command(id, [.. (body.Assumptions ?? []).Select(one => one?.ToValue()!)]), ct));
        api.MapGet("/matrix", (string? jurisdiction, string? plan, DateTimeOffset? asOf, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new GetMatrix.Query(jurisdiction, plan, asOf), ct));
        api.MapGet("/exports/matrix.xlsx", (string? jurisdiction, string? plan, DateTimeOffset? asOf, MatrixFile file, HttpContext http, CancellationToken ct) =>
            file.Write(jurisdiction, new MatrixQuery { Plan = plan }, asOf, http, ct)).IsCostly();
    }
}
