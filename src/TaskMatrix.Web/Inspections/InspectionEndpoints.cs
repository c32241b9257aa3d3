using MediatR;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Reports;

namespace TaskMatrix.Web.Inspections;

internal sealed record OpeningBody(
    IReadOnlyList<Guid>? TaskIds, string? Kind, string? Reason, IReadOnlyList<string>? Units, string? Title, IReadOnlyList<string>? Team, DateTimeOffset? From, DateTimeOffset? Until);

internal sealed record OrderBody(int? ExpectedVersion, string? Text, DateTimeOffset? AnswerBy);

internal sealed record ExplanationBody(int? ExpectedVersion, string? Text, IReadOnlyList<Guid>? AttachmentIds);

internal sealed record FindingBody(int? ExpectedVersion, string? Finding, string? Text);

internal sealed record RectificationBody(int? ExpectedVersion, string? Text, DateTimeOffset? DueAt);

internal sealed record RecheckBody(int? ExpectedVersion, bool? Passed, string? Text);

internal sealed record MeasureBody(int? ExpectedVersion, string? Measure, string? Text);

internal sealed record MeasureDecisionBody(int? ExpectedVersion, bool? Approved, string? Opinion);

internal sealed record ClosingBody(int? ExpectedVersion, string? Text);

internal sealed record TeamBody(IReadOnlyList<string>? Team);

internal static class InspectionEndpoints
{
    public static void MapInspections(this IEndpointRouteBuilder api)
    {
        var inspections = api.MapGroup("/inspections");
        inspections.MapGet("/", (string? state, string? unit, string? kind, Guid? round, Guid? task, string? cursor, int? limit, IMediator mediator, CancellationToken ct) => mediator.Send(
            new ListInspections.Query(QueryValue.Enum<InspectionState>("state", state), unit, QueryValue.Enum<InspectionKind>("kind", kind), new Paging(cursor, limit), round, task), ct));
        inspections.MapPost("/", async (OpeningBody body, IMediator mediator, CancellationToken ct) =>
        {
            var kind = QueryValue.Enum<InspectionKind>("kind", body.Kind) ?? throw Missing("kind");
            var opened = await mediator.Send(
                new OpenInspections.Command(body.TaskIds, kind, body.Reason ?? "", body.Units, body.Title, body.Team, body.From, body.Until), ct);
            return Results.Created(At(opened), opened);
        }).WithMetadata(new Answers(201, opened => At((InspectionView)opened))).Produces<InspectionView>(201);
        inspections.MapGet("/{id:guid}", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetInspection.Query(id), ct));
        inspections.MapSteps();
        inspections.MapRounds();
        inspections.MapGet("/{id:guid}/dossier", (Guid id, DossierDownload dossier, HttpContext http, CancellationToken ct) => dossier.Send(id, http, ct))
            .Produces(200, contentType: DossierDownload.Zip).IsCostly();
        api.MapGet("/exports/orders/{id:guid}.docx", async (Guid id, string? order, OrderNotice notice, HttpContext http, CancellationToken ct) =>
            ReportEndpoints.Download(await notice.Write(id, order, ct), http)).Produces(200, contentType: ReportEndpoints.Docx);
    }

    private static void MapSteps(this RouteGroupBuilder inspections)
    {
        inspections.MapPost("/{id:guid}/" + InspectionActions.IssueOrder, (Guid id, OrderBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new IssueSupervisionOrder.Command(id, body.ExpectedVersion, body.Text ?? "", body.AnswerBy ?? default), ct));
        inspections.MapPost("/{id:guid}/" + InspectionActions.Explain, (Guid id, ExplanationBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ExplainInspection.Command(id, body.ExpectedVersion, body.Text ?? "", body.AttachmentIds), ct));
        inspections.MapPost("/{id:guid}/" + InspectionActions.Find, (Guid id, FindingBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new FindInspection.Command(id, body.ExpectedVersion, QueryValue.Enum<Finding>("finding", body.Finding) ?? throw Missing("finding"), body.Text ?? ""), ct));
        inspections.MapPost("/{id:guid}/" + InspectionActions.RequireRectification, (Guid id, RectificationBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new RequireRectification.Command(id, body.ExpectedVersion, body.Text ?? "", body.DueAt ?? default), ct));
        inspections.MapPost("/{id:guid}/" + InspectionActions.Recheck, (Guid id, RecheckBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new RecheckInspection.Command(id, body.ExpectedVersion, body.Passed ?? throw Missing("passed"), body.Text ?? ""), ct));
        inspections.MapPost("/{id:guid}/" + InspectionActions.Propose, (Guid id, MeasureBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ProposeMeasure.Command(id, body.ExpectedVersion, QueryValue.Enum<Measure>("measure", body.Measure) ?? throw Missing("measure"), body.Text ?? ""), ct));
        inspections.MapPost("/{id:guid}/" + InspectionActions.DecideMeasure, (Guid id, MeasureDecisionBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new DecideMeasure.Command(id, body.ExpectedVersion, body.Approved ?? throw Missing("approved"), body.Opinion ?? ""), ct));
        inspections.MapPost("/{id:guid}/" + InspectionActions.Close, (Guid id, ClosingBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new CloseInspection.Command(id, body.ExpectedVersion, body.Text ?? ""), ct));
    }

    private static void MapRounds(this RouteGroupBuilder inspections)
    {
        inspections.MapGet("/rounds", (string? cursor, int? limit, IMediator mediator, CancellationToken ct) => mediator.Send(new ListRounds.Query(new Paging(cursor, limit)), ct));
        inspections.MapGet("/rounds/{id:guid}", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetRound.Query(id), ct));
        inspections.MapPost("/rounds/{id:guid}/team", (Guid id, TeamBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new SetRoundTeam.Command(id, body.Team ?? throw Missing("team")), ct));
    }

    private static string At(InspectionView opened) => $"/api/inspections/{opened.Id}";

    private static FluentValidation.ValidationException Missing(string field) =>
        new([new FluentValidation.Results.ValidationFailure(field, "request.missing-member") { ErrorCode = "request.missing-member" }]);
}
