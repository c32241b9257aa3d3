namespace TaskMatrix.Web.Shell;

/// <summary>Libraries that the build has packed are sent so to every browser that unpacks Brotli, instead of being packed anew each time.</summary>
internal sealed class PackedAssets(RequestDelegate next, IWebHostEnvironment host)
{
    private const string Folder = "/lib";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || !request.Path.StartsWithSegments(Folder) || !Unpacks(request)
            || host.WebRootFileProvider.GetFileInfo(request.Path + ".br") is not { Exists: true } packed)
        {
            return next(context);
        }

        var response = context.Response;
        response.ContentType = request.Path.Value!.EndsWith(".css", StringComparison.Ordinal) ? "text/css" : "text/javascript";
        response.ContentLength = packed.Length;
        response.Headers.ContentEncoding = "br";
        response.Headers.Vary = "Accept-Encoding";
        return response.SendFileAsync(packed, context.RequestAborted);
    }

    private static bool Unpacks(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value == "br" && encoding.Quality != 0);
}
