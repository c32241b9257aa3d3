namespace TaskMatrix.Web.Shell;

/// <summary>Files that leave the system: to be saved, never shown by the browser and never kept by it.</summary>
internal static class FileAnswer
{
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Zip = "application/zip", Json = "application/json";

    public static IResult Of(byte[] bytes, string mediaType, string name, HttpContext http)
    {
        Guard(http);
        return Results.File(bytes, mediaType, name);
    }

    /// <param name="file">Read from where it stands, and closed afterwards.</param>
    public static IResult Of(Stream file, string mediaType, string name, HttpContext http)
    {
        Guard(http);
        return Results.File(file, mediaType, name);
    }

    /// <summary>Where a file grows that would be too large for memory; it is gone as soon as it is closed.</summary>
    public static FileStream Temporary() => new(
        Path.Combine(Path.GetTempPath(), "taskmatrix-" + Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024,
        FileOptions.DeleteOnClose | FileOptions.Asynchronous);

    private static void Guard(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "no-store";
    }
}
