using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.Extensions.Primitives;
using TaskMatrix.App.TaskInstances;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>Takes in the files of a form by the same rules as the API.</summary>
internal sealed class PostedFiles(IMediator mediator)
{
    /// <returns>Ids of the files kept from an earlier attempt and of the new ones.</returns>
    /// <exception cref="ValidationException">attachment.kind, attachment.size, at the field of the files (400)</exception>
    public async Task<IReadOnlyList<string>> Store(IFormCollection posted, CancellationToken ct)
    {
        var ids = posted["attachmentIds"].OfType<string>().Where(id => Guid.TryParse(id, out _)).ToList();
        foreach (var file in posted.Files.Where(file => file.Length > 0))
        {
            try
            {
                ids.Add((await mediator.Send(new UploadAttachment.Command(file.FileName, await AttachmentEndpoints.Bytes(file, ct)), ct)).Id.ToString());
            }
            catch (ValidationException refused)
            {
                throw new ValidationException(refused.Errors.Select(error => new ValidationFailure("files", error.ErrorMessage, file.FileName) { ErrorCode = error.ErrorCode }));
            }
        }

        return ids;
    }

    /// <summary>The form as it was typed, with the files that have been taken in already.</summary>
    public static IFormCollection Keep(IFormCollection posted, IReadOnlyList<string> files) =>
        new FormCollection(new Dictionary<string, StringValues>(posted) { ["attachmentIds"] = new([.. files]) });
}
