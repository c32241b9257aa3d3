using System.Globalization;
using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Audit;

/// <summary>What the list of the record is narrowed to, as its filter form writes it.</summary>
public sealed record AuditQuery
{
    public string? Unit { get; init; }

    public string? Actor { get; init; }

    public string? Action { get; init; }

    /// <summary>First local day, yyyy-MM-dd; <see cref="To"/>: last one. Anything else is none.</summary>
    public string? From { get; init; }

    public string? To { get; init; }

    public string? Cursor { get; init; }

    public ListAudit.Query ToQuery(Visit visit) => new(
        null, Blank.ToNull(Unit), Blank.ToNull(Actor), Blank.ToNull(Action), AuditPages.Midnight(From, visit), AuditPages.Midnight(To, visit, daysLater: 1), new Paging(Blank.ToNull(Cursor), null));

    /// <summary>The list from its beginning.</summary>
    public string Address => PageAddress.Of("/audit", ("unit", Unit), ("actor", Actor), ("action", Action), ("from", From), ("to", To));
}

/// <param name="Heads">Heads that were handed in and compared, beside the rows and the exported files; null: none.</param>
/// <param name="At">By the wall clock; <paramref name="Took"/> is how long it took.</param>
public sealed record Verified(VerifyRecord.Result Result, int? Heads, DateTimeOffset At, TimeSpan Took);

/// <param name="Verified">Null: nobody asked.</param>
public sealed record AuditModel(AuditQuery Query, ListPage<AuditEntryView> List, Verified? Verified);

/// <summary>The record as the audit administrator and inspectors read, check and keep it.</summary>
internal static class AuditPages
{
    /// <summary>Bytes of a file of heads.</summary>
    private const int LargestHeads = 4 * 1024 * 1024;

    public static void MapAuditPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/audit", async ([AsParameters] AuditQuery query, Visit visit, IMediator mediator, CancellationToken ct) =>
            Pages.Show<AuditPage>(new AuditModel(query, await mediator.Send(query.ToQuery(visit), ct), null)));
        pages.MapPost("/audit/verify", Verify).IsCostly();
        pages.MapGet("/audit/heads.json", async (IMediator mediator, HttpContext http, CancellationToken ct) =>
            FileAnswer.Of(ExportedHeads.Bytes(await mediator.Send(new GetHeads.Query(null), ct)), FileAnswer.Json, "heads.json", http));
        pages.MapGet("/audit/archive.zip", async (string? from, string? to, Visit visit, ArchiveDownload archive, HttpContext http, CancellationToken ct) =>
        {
            var (name, file) = await archive.Write(null, Day(from, "from", visit), Day(to, "to", visit, daysLater: 1), ct);
            return FileAnswer.Of(file, FileAnswer.Zip, name, http);
        }).IsCostly();
    }

    /// <summary>The beginning of a local day, or of one some days later; null for what is no day.</summary>
    public static DateTimeOffset? Midnight(string? text, Visit visit, int daysLater = 0) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and <= 2999
            ? visit.FromLocal(day.AddDays(daysLater).ToDateTime(TimeOnly.MinValue))
            : null;

    private static DateTimeOffset Day(string? text, string field, Visit visit, int daysLater = 0) =>
        Midnight(text, visit, daysLater) ?? throw Invalid(field, "query.unknown-value");

    /// <summary>Changes nothing, but costs too much for an address that a browser may fetch ahead.</summary>
    private static async Task<IResult> Verify(HttpContext http, CurrentUser user, Visit visit, IMediator mediator, TimeProvider wall, CancellationToken ct)
    {
        AuditAccess.Require(user.Actor);
        var posted = await http.Request.ReadFormAsync(ct);
        var (heads, started) = (Heads(posted.Files.GetFile("heads")), wall.GetTimestamp());
        var result = await mediator.Send(new VerifyRecord.Query(heads), ct);
        var verified = new Verified(result, heads?.Count, wall.GetUtcNow(), wall.GetElapsedTime(started));
        var query = new AuditQuery();
        return Pages.Show<AuditPage>(new AuditModel(query, await mediator.Send(query.ToQuery(visit), ct), verified));
    }

    private static IReadOnlyList<ExportedHead>? Heads(IFormFile? file)
    {
        if (file is null or { Length: 0 })
        {
            return null;
        }

        try
        {
            using var content = file.OpenReadStream();
            return (file.Length <= LargestHeads ? ExportedHeads.Read(content) : null) ?? throw Invalid("heads", "audit.bad-heads");
        }
        catch (JsonException)
        {
            throw Invalid("heads", "audit.bad-heads");
        }
    }

    private static ValidationException Invalid(string field, string code) => new([new ValidationFailure(field, code) { ErrorCode = code }]);
}
