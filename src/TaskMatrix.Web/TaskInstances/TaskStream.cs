using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>What a listener is told.</summary>
/// <param name="Kind">task: one changed · counts: the figures may be others · beat: nothing happened, the line is open.</param>
internal sealed record StreamNote(string Kind, Guid? TaskId = null, string? Action = null);

/// <summary>Tells those who listen which tasks changed. While nobody listens it asks the database nothing.</summary>
internal sealed partial class TaskStream(RecordTail tail, TimeProvider wall, ILogger<TaskStream> log) : BackgroundService
{
    private static readonly StreamNote Counts = new("counts"), Beat = new("beat");

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), BetweenBeats = TimeSpan.FromSeconds(15);

    /// <summary>A listener that is this far behind loses the oldest; the newest makes it ask anew.</summary>
    private const int Kept = 256;

    private readonly ConcurrentDictionary<Channel<StreamNote>, Listener> _listeners = new();

    /// <summary>Changes of what the actor may see, until the token ends. A beat comes first: what is committed after it is told.</summary>
    public async IAsyncEnumerable<StreamNote> Listen(Actor actor, [EnumeratorCancellation] CancellationToken until)
    {
        var channel = Channel.CreateBounded<StreamNote>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest });
        await using var end = until.Register(() => channel.Writer.TryComplete());
        _listeners[channel] = new Listener(actor);
        try
        {
            await foreach (var note in channel.Reader.ReadAllAsync(CancellationToken.None))
            {
                yield return note;
            }
        }
        finally
        {
            _listeners.TryRemove(channel, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, wall);
        try
        {
            for (var ticks = 1; await timer.WaitForNextTickAsync(stoppingToken); ticks++)
            {
                await Look(ticks, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // An orderly stop.
        }
    }

    private async Task Look(int ticks, CancellationToken ct)
    {
        try
        {
            await Tell(ct);
        }
        catch (Exception e) when (StoreFaults.IsAway(e))
        {
            Away(e);
        }

        if (ticks % (BetweenBeats / Interval) == 0)
        {
            _listeners.Keys.ToList().ForEach(channel => channel.Writer.TryWrite(Beat));
        }
    }

    private async Task Tell(CancellationToken ct)
    {
        if (_listeners.IsEmpty)
        {
            tail.Forget();
            return;
        }

        var changes = await tail.Next(ct);
        foreach (var (channel, listener) in _listeners)
        {
            if (!listener.Begun)
            {
                listener.Begun = channel.Writer.TryWrite(Beat);
                continue;
            }

            var concerning = changes.Where(change => Concerns(change, listener.Actor)).ToList();
            concerning.ForEach(change => channel.Writer.TryWrite(new StreamNote("task", change.TaskId, change.Action)));
            if (concerning.Count > 0)
            {
                channel.Writer.TryWrite(Counts);
            }
        }
    }

    /// <summary>The rule of the lists: who oversees sees the jurisdiction, a unit what it leads, works on or reads.</summary>
    private static bool Concerns(TaskChange change, Actor actor) =>
        change.Jurisdiction == actor.Jurisdiction && (actor.Oversees || ((actor.Is(Role.Liaison) || actor.Is(Role.Head)) && change.Units.Contains(actor.Unit)));

    private sealed class Listener(Actor actor)
    {
        public Actor Actor { get; } = actor;

        /// <summary>Whether the record was looked at since it came.</summary>
        public bool Begun { get; set; }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes could not be followed; the next look tries again")]
    private partial void Away(Exception e);
}
