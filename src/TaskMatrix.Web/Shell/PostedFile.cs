using FluentValidation;
using FluentValidation.Results;
using TaskMatrix.App.Storage;

namespace TaskMatrix.Web.Shell;

/// <summary>CSV files in and out, for the API and the pages.</summary>
internal static class PostedFile
{
    /// <summary>No more than one byte above what may be imported: the sheet then says that it is too large.</summary>
    public static async Task<byte[]> Bytes(IFormFile? file, CancellationToken ct)
    {
        if (file is null)
        {
            return [];
        }

        await using var content = file.OpenReadStream();
        var bytes = new byte[(int)Math.Min(file.Length, CsvSheet.LargestBytes + 1)];
        await content.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    /// <summary>To be saved, never to be shown in the browser.</summary>
    public static IResult Csv(byte[] bytes, string name) => Results.File(bytes, CsvText.MediaType, name);

    public static ValidationException Missing(string field) => new([new ValidationFailure(field, "request.missing-member") { ErrorCode = "request.missing-member" }]);
}
