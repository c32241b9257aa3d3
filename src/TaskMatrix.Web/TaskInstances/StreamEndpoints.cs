using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using TaskMatrix.App.Organisations;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>Server-sent events: <c>task</c> with the task that changed, <c>counts</c> after them, <c>beat</c> to keep the line open.</summary>
internal static class StreamEndpoints
{
    /// <summary>A line is closed after this long and taken up again by the browser: who lost a right or the account loses the line too.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5), Retry = TimeSpan.FromSeconds(3);

    public static void MapStream(this IEndpointRouteBuilder routes) => routes.MapGet(
        "/stream", (CurrentUser user, TaskStream stream, IHostApplicationLifetime life, CancellationToken ct) => TypedResults.ServerSentEvents(Notes(Reader(user), stream, life.ApplicationStopping, ct)));

    /// <exception cref="RuleBrokenException">not-allowed for those who have to do with no task</exception>
    private static Actor Reader(CurrentUser user) => user.Actor.Oversees || user.Actor.Is(Role.Liaison) || user.Actor.Is(Role.Head)
        ? user.Actor
        : throw new RuleBrokenException("not-allowed", RuleKind.Forbidden);

    private static async IAsyncEnumerable<SseItem<object>> Notes(Actor actor, TaskStream stream, CancellationToken stopping, [EnumeratorCancellation] CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, stopping);
        end.CancelAfter(Longest);
        await foreach (var note in stream.Listen(actor, end.Token))
        {
            yield return new SseItem<object>(note.Kind == "task" ? new { note.TaskId, note.Action } : new { }, note.Kind) { ReconnectionInterval = Retry };
        }
    }
}
