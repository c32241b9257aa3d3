namespace TaskMatrix.Web.Hosting;

/// <summary>A query of the API names each parameter once: of two, a proxy may judge by one and we by the other.</summary>
internal sealed class QueryCheck(RequestDelegate next)
{
    /// <exception cref="BadHttpRequestException">A parameter named twice, or a NUL in its value (400).</exception>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/api")
            && context.Request.Query.FirstOrDefault(one => one.Value.Count > 1 || one.Value.ToString().Contains('\0')).Key is { } twice)
        {
            throw new BadHttpRequestException($"Failed to bind parameter \"string {twice}\"");
        }

        return next(context);
    }
}
