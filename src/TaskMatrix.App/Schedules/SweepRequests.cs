using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Schedules;

/// <summary>How a sweep asks for its work: each request in a scope of its own, what failed noted in the log and in the health.</summary>
public sealed class SweepRequests(IServiceScopeFactory scopes, SweepHealth health, ILogger<SweepRequests> log)
{
    public async Task<T> Send<T>(IRequest<T> request, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }

    /// <returns>Nothing when it failed; the next sweep tries again.</returns>
    public async Task<T?> Attempt<T>(IRequest<T> request, CancellationToken ct)
    {
        try
        {
            return await Send(request, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "{Request} failed and will be tried again with the next sweep", request);
            health.Failed(e);
            return default;
        }
    }

    /// <summary>What is due as it stands, read without a command.</summary>
    public async Task<List<T>> Read<T>(Func<StoreContext, IQueryable<T>> due, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await due(scope.ServiceProvider.GetRequiredService<Session>().Db).ToListAsync(ct);
    }

    /// <summary>Of the work itself; when the store is away, nothing else would do better.</summary>
    internal static bool IsFault(Exception e) => e is not OperationCanceledException and not StoreUnavailableException;
}
