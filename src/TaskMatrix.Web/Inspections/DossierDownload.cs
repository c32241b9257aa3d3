using MediatR;
using Microsoft.AspNetCore.Http.Features;
using TaskMatrix.App.Inspections;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Inspections;

/// <summary>Sends the dossier of an inspection while it is written, in the words of the reader's language.</summary>
internal sealed class DossierDownload(IMediator mediator, Texts texts, TimeWords times, Visit visit)
{
    public const string Zip = "application/zip";

    public async Task Send(Guid id, HttpContext http, CancellationToken ct)
    {
        await visit.Know(ct);
        var taken = await mediator.Send(new ExportDossier.Command(id), ct);
        http.Response.ContentType = Zip;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"dossier.zip\"; filename*=UTF-8''{Uri.EscapeDataString(taken.Number)}.zip";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var words = new DossierWords((key, named) => texts[key, named], times.Moment, visit.UnitName);
        await mediator.Send(new WriteDossier.Query(id, http.Response.Body, words), ct);
    }
}
