using Microsoft.AspNetCore.HttpOverrides;

namespace TaskMatrix.Web.Hosting;

/// <summary>
/// Passwords and cookies travel over TLS: ours, or that of a proxy on this machine, whose X-Forwarded headers are believed
/// (nobody else's are). Only a demo, which listens on loopback alone, goes without.
/// </summary>
internal static class SecureTransport
{
    private const string Needed = """
        需要 https：请通过 TLS 代理访问，或用 --urls https://… 启动；本机试用请加 --demo。
        TLS is needed: come through a TLS proxy, or start with --urls https://…; to try it on one machine, start with --demo.
        """;

    public static void UseSecureTransport(this WebApplication app, ServeOptions options)
    {
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        if (!options.Demo)
        {
            app.UseHsts();
            app.Use(Refuse);
        }
    }

    private static Task Refuse(HttpContext context, RequestDelegate next)
    {
        if (context.Request.IsHttps || context.Request.Path.StartsWithSegments("/health")
            || (context.Request.Path == Metrics.Path && Metrics.FromThisMachine(context)))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(Needed, context.RequestAborted);
    }
}
