namespace TaskMatrix.Web.Hosting;

/// <summary>Marks what reads so much for one answer (exports, archives, dossiers, checks of the record) that only a few are made at once.</summary>
internal sealed class CostlyWork;

/// <param name="AtOnce">On one node.</param>
/// <param name="Patience">How long a further one waits for its turn before it is answered 429.</param>
internal sealed record CostlyLimits(int AtOnce, TimeSpan Patience)
{
    /// <summary>2 to 4, by the processors; 30 s.</summary>
    public static CostlyLimits Default { get; } = new(Math.Clamp(Environment.ProcessorCount, 2, 4), TimeSpan.FromSeconds(30));
}

/// <summary>Too many of a kind at once; answered 429 with Retry-After.</summary>
internal sealed class TooManyAtOnceException : Exception;

internal static class CostlyEndpoints
{
    public static RouteHandlerBuilder IsCostly(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new CostlyWork());
}

/// <summary>Lets a few costly answers be made at once; further ones wait a little and are then told to come again.</summary>
internal sealed class CostlyTurns(RequestDelegate next, CostlyLimits limits)
{
    private readonly SemaphoreSlim _turns = new(limits.AtOnce);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<CostlyWork>() is null)
        {
            await next(context);
            return;
        }

        if (!await _turns.WaitAsync(limits.Patience, context.RequestAborted))
        {
            throw new TooManyAtOnceException();
        }

        try
        {
            await next(context);
        }
        finally
        {
            _turns.Release();
        }
    }
}
