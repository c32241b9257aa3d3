using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>What a listener is told.</summary>
/// <param name="Kind">task, inspection: one changed · jobs: the queues stand differently · counts: the figures may be others · beat: nothing happened, the line is open.</param>
/// <param name="Id">Of the task or inspection.</param>
/// <param name="About">What of a page it touches, in the words of <c>data-live</c>.</param>
internal sealed record StreamNote(string Kind, Guid? Id = null, string? Action = null, IReadOnlyList<string>? About = null)
{
    public static readonly StreamNote Beat = new("beat"), Jobs = new("jobs"), Many = new("counts", About: ["all"]);

    private static readonly StreamNote Few = new("counts");

    /// <param name="waiting">Notes that the listener has not taken yet, of at most <paramref name="kept"/>: where many wait, one may be lost, and this last one stands for all.</param>
    public static StreamNote Counts(int waiting, int kept) => waiting > kept / 2 ? Many : Few;

    public static StreamNote Of(RecordChange change) => change switch
    {
        TaskChange task => new("task", task.TaskId, task.Action,
            ["tasks", "task:" + task.TaskId, .. task.Units.Select(unit => "unit:" + unit), .. task.Reports ? ["reports"] : Array.Empty<string>(), .. task.Late ? ["late"] : Array.Empty<string>()]),
        InspectionChange { Inspection: var inspection } => new("inspection", inspection.Id, change.Action, ["inspections", .. inspection.TaskIds.Select(task => "task:" + task)]),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };
}

/// <summary>Tells those who listen what changed that they may see. While nobody listens it asks the database nothing.</summary>
internal sealed partial class TaskStream(RecordTail tail, JobTail jobs, DomainClock clock, TimeProvider wall, ILogger<TaskStream> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), BetweenBeats = TimeSpan.FromSeconds(15);

    /// <summary>The queues stand in no record and have to be looked at, and only while somebody follows them.</summary>
    private static readonly TimeSpan BetweenJobs = TimeSpan.FromSeconds(5);

    /// <summary>A listener that is this far behind loses the oldest; the newest says that it should ask anew for everything.</summary>
    private const int Kept = 256;

    private readonly ConcurrentDictionary<Channel<StreamNote>, Listener> _listeners = new();

    private readonly RecentChanges _recent = new();

    /// <summary>Changes of what the actor may see, until the token ends. A beat comes first: what is committed after it is told.</summary>
    /// <param name="followsJobs">Also the queues of the own jurisdiction, within five seconds.</param>
    /// <param name="since"><see cref="RecordPosition"/> from which the listener knows nothing: what was recorded from there to the first beat is told after it. Null: it does not matter.</param>
    public async IAsyncEnumerable<StreamNote> Listen(Actor actor, bool followsJobs, long? since, [EnumeratorCancellation] CancellationToken until)
    {
        var channel = Channel.CreateBounded<StreamNote>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest });
        await using var end = until.Register(() => channel.Writer.TryComplete());
        _listeners[channel] = new Listener(actor, followsJobs, since);
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
            await TellJobs(ticks % (BetweenJobs / Interval) == 0, ct);
            await Tell(ct);
        }
        catch (Exception e) when (StoreFaults.IsAway(e))
        {
            Away(e);
        }

        if (ticks % (BetweenBeats / Interval) == 0)
        {
            _listeners.Keys.ToList().ForEach(channel => channel.Writer.TryWrite(StreamNote.Beat));
        }
    }

    private async Task Tell(CancellationToken ct)
    {
        if (_listeners.IsEmpty)
        {
            tail.Forget();
            _recent.Forget();
            return;
        }

        var changes = await tail.Next(ct);
        _recent.Add(tail.Positions, changes);
        foreach (var (channel, listener) in _listeners)
        {
            if (!listener.Begun)
            {
                listener.Begun = listener.KnowsWhatWas && channel.Writer.TryWrite(StreamNote.Beat);
                if (listener.Begun && listener.Since is { } since)
                {
                    TellMissed(channel.Writer, listener.Actor, since, channel.Reader.Count);
                    // How the queues stood when the page was made, nobody knows.
                    _ = listener.FollowsJobs && channel.Writer.TryWrite(StreamNote.Jobs);
                }

                continue;
            }

            Tell(channel.Writer, listener.Actor, changes, channel.Reader.Count);
        }
    }

    private void Tell(ChannelWriter<StreamNote> notes, Actor actor, IEnumerable<RecordChange> changes, int waiting)
    {
        var concerning = changes.Where(change => Concerns(change, actor, clock.Now)).ToList();
        concerning.ForEach(change => notes.TryWrite(StreamNote.Of(change)));
        if (concerning.Count > 0)
        {
            notes.TryWrite(StreamNote.Counts(waiting + concerning.Count, Kept));
        }
    }

    /// <summary>Where it is not known what was recorded since, it may have been anything.</summary>
    private void TellMissed(ChannelWriter<StreamNote> notes, Actor actor, long since, int waiting)
    {
        if (_recent.Since(actor.Jurisdiction, since) is { } changes)
        {
            Tell(notes, actor, changes, waiting);
        }
        else
        {
            notes.TryWrite(StreamNote.Many);
        }
    }

    /// <summary>A listener that has just come learns from its first look how the queues stand now; the others look again when it is time.</summary>
    private async Task TellJobs(bool time, CancellationToken ct)
    {
        foreach (var place in _listeners.Where(entry => entry.Value.FollowsJobs && (time || entry.Value.Seen is null)).ToLookup(entry => entry.Value.Actor.Jurisdiction))
        {
            var standing = await jobs.Look(place.Key, ct);
            foreach (var (channel, listener) in place)
            {
                if (listener.Seen is { } before && before != standing)
                {
                    channel.Writer.TryWrite(StreamNote.Jobs);
                }

                listener.Seen = standing;
            }
        }
    }

    /// <summary>The rule of the lists: who oversees sees the tasks of the jurisdiction, a unit what it leads, works on or reads.</summary>
    private static bool Concerns(RecordChange change, Actor actor, DateTimeOffset now) => change switch
    {
        TaskChange task => task.Jurisdiction == actor.Jurisdiction && (actor.Oversees || ((actor.Is(Role.Liaison) || actor.Is(Role.Head)) && task.Units.Contains(actor.Unit))),
        InspectionChange { Inspection: var inspection } => inspection.Jurisdiction == actor.Jurisdiction && inspection.VisibleTo(actor, now),
        _ => false,
    };

    private sealed class Listener(Actor actor, bool followsJobs, long? since)
    {
        public long? Since { get; } = since;

        public Actor Actor { get; } = actor;

        public bool FollowsJobs { get; } = followsJobs;

        /// <summary>Whether the record was looked at since it came.</summary>
        public bool Begun { get; set; }

        /// <summary>How the queues stood when they were looked at last.</summary>
        public JobStanding? Seen { get; set; }

        /// <summary>So that what comes after the first beat is told, and not taken for what was.</summary>
        public bool KnowsWhatWas => !FollowsJobs || Seen is not null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes could not be followed; the next look tries again")]
    private partial void Away(Exception e);
}
