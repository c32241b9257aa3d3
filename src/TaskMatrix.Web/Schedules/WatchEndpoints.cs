using MediatR;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Schedules;

internal sealed record NewShiftsBody(string? Unit, IReadOnlyList<NewShift>? Shifts);

internal sealed record HandOverWatchBody(string? Note, string? Problems);

internal sealed record CancelShiftBody(string? Reason);

internal static class WatchEndpoints
{
    public static void MapWatch(this IEndpointRouteBuilder api)
    {
        var watch = api.MapGroup("/watch");
        watch.MapGet("", (string? jurisdiction, string? unit, DateOnly? from, DateOnly? to, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ListWatch.Query(jurisdiction, unit, from, to, new Paging(cursor, limit)), ct));
        watch.MapGet("/now", (string? jurisdiction, string? unit, IMediator mediator, CancellationToken ct) => mediator.Send(new GetWatchNow.Query(jurisdiction, unit), ct));
        watch.MapGet("/gaps", (string? jurisdiction, string? unit, IMediator mediator, CancellationToken ct) => mediator.Send(new FindWatchGaps.Query(jurisdiction, unit), ct));
        watch.MapGet("/template.csv", async (IMediator mediator, CancellationToken ct) =>
            PostedFile.Csv(await mediator.Send(new GetWatchTemplate.Query(Texts.English), ct), "roster.csv"));
        watch.MapPost("/shifts", async (NewShiftsBody body, IMediator mediator, CancellationToken ct) =>
            Results.Created("/api/watch", await mediator.Send(new AddWatchShifts.Command(body.Unit, body.Shifts ?? []), ct)))
            .WithMetadata(new Answers(201)).Produces<IReadOnlyList<WatchShiftView>>(201);
        watch.MapPost("/import", async (string? unit, IFormFile file, IMediator mediator, CancellationToken ct) =>
            await mediator.Send(new ImportWatchShifts.Command(unit, await PostedFile.Bytes(file, ct)), ct)).DisableAntiforgery();
        watch.MapPost("/shifts/{id:guid}/hand-over", (Guid id, HandOverWatchBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new HandOverWatch.Command(id, body.Note ?? "", body.Problems), ct));
        watch.MapPost("/shifts/{id:guid}/cancel", (Guid id, CancelShiftBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new CancelWatchShift.Command(id, body.Reason ?? ""), ct));
    }
}
