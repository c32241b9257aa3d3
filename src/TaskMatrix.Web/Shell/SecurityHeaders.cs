namespace TaskMatrix.Web.Shell;

/// <summary>Headers of every answer. Pages load only from here and carry no inline script or style.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

    private static readonly TimeSpan AssetsKept = TimeSpan.FromDays(365);

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() => Set(context));
        return next(context);
    }

    private static Task Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        // A download brings a stricter one of its own.
        headers.ContentSecurityPolicy = headers.ContentSecurityPolicy.Count > 0 ? headers.ContentSecurityPolicy : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        if (context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
        {
            headers.CacheControl = "no-store";
            headers.Remove("Pragma");
        }
        else if (context.Request.Query.ContainsKey(PageAssets.VersionKey) && context.Response.StatusCode == StatusCodes.Status200OK
            && context.GetEndpoint() is null)
        {
            headers.CacheControl = $"public, max-age={AssetsKept.TotalSeconds}, immutable";
        }

        return Task.CompletedTask;
    }
}
