using MediatR;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.TaskInstances;

internal static class AttachmentEndpoints
{
    public static void MapAttachments(this IEndpointRouteBuilder api)
    {
        api.MapPost("/attachments", async (IFormFile file, IMediator mediator, CancellationToken ct) =>
        {
            var stored = await mediator.Send(new UploadAttachment.Command(file.FileName, await Bytes(file, ct)), ct);
            return Results.Created($"/api/attachments/{stored.Id}", stored);
        }).WithMetadata(new Answers(201, stored => $"/api/attachments/{((AttachmentView)stored).Id}")).DisableAntiforgery().Produces<AttachmentView>(201);

        api.MapGet("/attachments/{id:guid}", async (Guid id, HttpContext context, IMediator mediator, CancellationToken ct) =>
            Download(await mediator.Send(new DownloadAttachment.Query(id), ct), context));
    }

    /// <summary>Never shown in the browser: a file is only ever saved.</summary>
    public static IResult Download(DownloadAttachment.Result file, HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.File(file.Bytes, file.Facts.MediaType, file.Facts.FileName);
    }

    public static async Task<byte[]> Bytes(IFormFile file, CancellationToken ct)
    {
        if (file.Length > UploadAttachment.LargestBytes)
        {
            throw new BadHttpRequestException("too large", StatusCodes.Status413PayloadTooLarge);
        }

        using var memory = new MemoryStream((int)file.Length);
        await file.CopyToAsync(memory, ct);
        return memory.ToArray();
    }
}
