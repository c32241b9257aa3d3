using System.Text.Json;
using MediatR;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Reports;

internal sealed record NewLinesBody(IReadOnlyList<Dictionary<string, JsonElement>>? Lines);

/// <param name="Values">By column id; what is not named stays, what is null or empty goes.</param>
internal sealed record ChangeLineBody(Dictionary<string, JsonElement>? Values, int? ExpectedVersion);

internal sealed record StrikeOffBody(string? Reason, int? ExpectedVersion);

internal sealed record RegisterResultsBody(DateOnly? Date, IReadOnlyList<RecordRegisterResults.Answer>? Results);

internal static class RegisterEndpoints
{
    public static void MapRegisters(this IEndpointRouteBuilder api)
    {
        api.MapGet("/checklists", (string? jurisdiction, DateOnly? date, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new GetChecklists.Query(jurisdiction, date), ct));
        api.MapGet("/registers", (string? jurisdiction, string? duty, string? unit, DateOnly? date, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ListRegisters.Query(jurisdiction, duty, unit, date), ct));

        var register = api.MapGroup("/registers/{duty}/{unit}");
        register.MapGet("/lines", (string duty, string unit, DateOnly? date, string? q, bool? struck, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ListRegisterLines.Query(duty, unit, date, q, struck ?? false, new Paging(cursor, limit)), ct));
        register.MapGet("/lines/{code}", (string duty, string unit, string code, DateOnly? date, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ReadRegisterLine.Command(duty, unit, code, date), ct));
        register.MapPost("/lines", async (string duty, string unit, NewLinesBody body, IMediator mediator, CancellationToken ct) =>
            Results.Created($"/api/registers/{duty}/{unit}/lines", await mediator.Send(new AddRegisterLines.Command(duty, unit, body.Lines ?? []), ct)))
            .WithMetadata(new Answers(201)).Produces<AddRegisterLines.Result>(201);
        register.MapPut("/lines/{code}", (string duty, string unit, string code, ChangeLineBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ChangeRegisterLine.Command(duty, unit, code, body.Values ?? [], body.ExpectedVersion), ct));
        register.MapPost("/lines/{code}/strike-off", (string duty, string unit, string code, StrikeOffBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new StrikeOffRegisterLine.Command(duty, unit, code, body.Reason ?? "", body.ExpectedVersion), ct));
        register.MapPost("/results", (string duty, string unit, RegisterResultsBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new RecordRegisterResults.Command(duty, unit, body.Date ?? throw PostedFile.Missing("date"), body.Results ?? []), ct));
        register.MapPost("/import", async (string duty, string unit, IFormFile file, IMediator mediator, CancellationToken ct) =>
            await mediator.Send(new ImportRegisterLines.Command(duty, unit, await PostedFile.Bytes(file, ct)), ct)).DisableAntiforgery();
        register.MapGet("/template.csv", async (string duty, string unit, IMediator mediator, CancellationToken ct) =>
            PostedFile.Csv(await mediator.Send(new GetRegisterTemplate.Query(duty, unit, Texts.English), ct), "registers.csv"));
        register.MapGet("/export.csv", async (string duty, string unit, DateOnly? date, IMediator mediator, CancellationToken ct) =>
            PostedFile.Csv(await mediator.Send(new ExportRegister.Command(duty, unit, date, Texts.English), ct), $"{duty}.{unit}.csv"));
    }
}
