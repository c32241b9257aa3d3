using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Audit;

/// <param name="Heads">As a file of exported heads has them.</param>
internal sealed record VerifyBody(IReadOnlyList<ExportedHead>? Heads);

/// <summary>For the audit administrator and inspectors.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit");
        audit.MapGet("/", (string? jurisdiction, string? unit, string? actor, string? action, DateTimeOffset? from, DateTimeOffset? to, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ListAudit.Query(jurisdiction, unit, actor, action, from, to, new Paging(cursor, limit)), ct));
        audit.MapGet("/heads", async (string? jurisdiction, bool? download, IMediator mediator, HttpContext http, CancellationToken ct) =>
        {
            var heads = await mediator.Send(new GetHeads.Query(jurisdiction), ct);
            return download is true ? FileAnswer.Of(ExportedHeads.Bytes(heads), FileAnswer.Json, "heads.json", http) : Results.Ok(heads);
        }).Produces<HeadsFile>();
        audit.MapGet("/verify", (IMediator mediator, CurrentUser user, CancellationToken ct) => Verify(null, mediator, user, ct)).IsCostly();
        audit.MapPost("/verify", (VerifyBody body, IMediator mediator, CurrentUser user, CancellationToken ct) => Verify(body.Heads, mediator, user, ct)).IsCostly();
        audit.MapGet("/archive.zip", async (string? jurisdiction, DateTimeOffset from, DateTimeOffset to, ArchiveDownload archive, HttpContext http, CancellationToken ct) =>
        {
            var (name, file) = await archive.Write(jurisdiction, from, to, ct);
            return FileAnswer.Of(file, FileAnswer.Zip, name, http);
        }).IsCostly();
    }

    private static Task<VerifyRecord.Result> Verify(IReadOnlyList<ExportedHead>? heads, IMediator mediator, CurrentUser user, CancellationToken ct)
    {
        AuditAccess.Require(user.Actor);
        return mediator.Send(new VerifyRecord.Query(heads), ct);
    }
}
