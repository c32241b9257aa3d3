using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Overdue;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>
/// Server-sent events: <c>task</c> and <c>inspection</c> with what changed and what it is about, <c>counts</c> after them,
/// <c>jobs</c> for who follows the queues, <c>beat</c> to keep the line open.
/// </summary>
internal static class StreamEndpoints
{
    /// <summary>A line is closed after this long and taken up again by the browser: who lost a right or the account loses the line too.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5), Retry = TimeSpan.FromSeconds(3);

    public static void MapStream(this IEndpointRouteBuilder routes) => routes.MapGet(
        "/stream", (bool? jobs, long? since, CurrentUser user, TaskStream stream, IHostApplicationLifetime life, CancellationToken ct) =>
            TypedResults.ServerSentEvents(Notes(Reader(user, jobs == true), jobs == true, since, stream, life.ApplicationStopping, ct)));

    /// <exception cref="RuleBrokenException">not-allowed for those who have to do with no task, or may not see the queues they ask for</exception>
    private static Actor Reader(CurrentUser user, bool jobs)
    {
        var allowed = jobs ? JobTail.MayFollow(user.Actor) : user.Actor.Oversees || user.Actor.Is(Role.Liaison) || user.Actor.Is(Role.Head);
        return allowed ? user.Actor : throw new RuleBrokenException("not-allowed", RuleKind.Forbidden);
    }

    private static async IAsyncEnumerable<SseItem<object>> Notes(Actor actor, bool jobs, long? since, TaskStream stream, CancellationToken stopping, [EnumeratorCancellation] CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, stopping);
        end.CancelAfter(Longest);
        await foreach (var note in stream.Listen(actor, jobs, since, end.Token))
        {
            yield return new SseItem<object>(Data(note), note.Kind) { ReconnectionInterval = Retry };
        }
    }

    private static object Data(StreamNote note) => note.Kind switch
    {
        "task" => new { taskId = note.Id, note.Action, note.About },
        "inspection" => new { inspectionId = note.Id, note.Action, note.About },
        _ when note.About is not null => new { note.About },
        _ => new { },
    };
}
