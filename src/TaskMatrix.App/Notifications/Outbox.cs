using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Notifications;

namespace TaskMatrix.App.Notifications;

/// <summary>
/// Writes messages in the transaction of what they tell. Notices wait until the command is about to commit; those of one
/// recipient, kind, maker and minute become one message, and join one that is still being gathered.
/// </summary>
public sealed class Outbox(Session session, AppOptions options, DomainClock clock)
{
    private static readonly Statement?[] Gathered = new Statement?[3];

    private static readonly Statement ForgetReads = new("DELETE FROM message_reads WHERE message_id = $1", [typeof(Guid)]) { Many = "DELETE FROM message_reads WHERE message_id = ANY ($1)" };

    private readonly List<Notice> _waiting = [];

    public void Add(IEnumerable<Notice> notices) => _waiting.AddRange(notices);

    /// <summary>A command that came second runs again from its beginning.</summary>
    public void Forget() => _waiting.Clear();

    /// <summary>Adds what was taken: nobody may have read up to a moment at which it was not there yet.</summary>
    internal void Append(IReadOnlyList<Notice> taken) =>
        _waiting.AddRange(taken.Select(notice => notice.Release < clock.Now ? notice with { Release = clock.Now } : notice));

    /// <summary>What waits, for whoever appends it in its turn.</summary>
    internal IReadOnlyList<Notice> Take()
    {
        Notice[] taken = [.. _waiting];
        _waiting.Clear();
        return taken;
    }

    public async Task Write(CancellationToken ct)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var groups = _waiting.GroupBy(notice => notice.Gathering).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var map = RowMap<Message>.Of(session.Db);
        var open = await Gathering(map, [.. groups.Select(group => group.Key)], ct);
        var (grown, changes) = (new List<Guid>(), new List<Change>());
        foreach (var group in groups)
        {
            var known = open.GetValueOrDefault(group.Key);
            var gathering = known is null ? group.Key : null;
            foreach (var part in Apart([.. group]))
            {
                var plain = part[0].Text is null;
                if (plain && known is { Message: { } message } && message.TaskIds.Count + part.Count <= Message.MostTasks)
                {
                    grown.Add(message.Id);
                    Take(message, part);
                }
                else
                {
                    changes.Add(map.InsertOf(Take(Begin(part[0], plain ? gathering : null), part)));
                    gathering = plain ? null : gathering;
                }
            }
        }

        _waiting.Clear();
        changes.AddRange(open.Values.Select(known => map.UpdateOf(known.Message, known.Before)).OfType<Change>());
        // A message that grew is new again for those who had read it.
        changes.AddRange(grown.Select(id => ForgetReads.With(id)));
        await session.Db.Statements!.Write(changes, ct);
    }

    /// <summary>Two nodes that gather the same go one after the other.</summary>
    private async Task<Dictionary<string, Known>> Gathering(RowMap<Message> map, string[] keys, CancellationToken ct)
    {
        var open = new Dictionary<string, Known>();
        foreach (var query in Queries(map, keys))
        {
            foreach (var (message, before) in await session.Db.Statements!.Read(query, map.Read, ct))
            {
                open[message.Gathering!] = new Known(message, before);
            }
        }

        return open;
    }

    /// <summary>On PostgreSQL they are locked, several at once in the order of their names. One is asked for as one: its plan is kept.</summary>
    private IEnumerable<Change> Queries(RowMap<Message> map, string[] keys) => (session.Db, keys) switch
    {
        (not PostgresStore, _) => keys.Select(key => (Gathered[0] ??= map.Select("gathering = $1", typeof(string))).With(key)),
        (_, [var only]) => [(Gathered[1] ??= map.Select("gathering = $1 FOR UPDATE", typeof(string))).With(only)],
        _ => [(Gathered[2] ??= map.Select("gathering = ANY ($1) ORDER BY gathering FOR UPDATE", typeof(string[]))).With([keys])],
    };

    /// <param name="Before">As it was read.</param>
    private sealed record Known(Message Message, object?[] Before);

    /// <summary>The same task twice in one gathering is told once; what was written to the recipient stands alone.</summary>
    private static IEnumerable<List<Notice>> Apart(IReadOnlyList<Notice> notices)
    {
        foreach (var written in notices.GroupBy(notice => notice.Text))
        {
            foreach (var chunk in written.DistinctBy(notice => notice.Subject.Path).Chunk(Message.MostTasks))
            {
                yield return [.. chunk];
            }
        }
    }

    /// <param name="gathering">Null: it takes nothing more. What was written to the recipient stands alone.</param>
    private Message Begin(Notice first, string? gathering)
    {
        var sends = !options.Exercise || options.Notifications.SendInExercise;
        return new Message
        {
            Id = Guid.CreateVersion7(clock.Now), Jurisdiction = first.Jurisdiction, Address = first.Address, Kind = first.Kind, At = first.At,
            VisibleFrom = first.Release, Text = first.Text, Exercise = options.Exercise, Gathering = gathering,
            OutboxAt = sends ? EndOfMinute(first.Release) : null,
        };
    }

    private static Message Take(Message message, List<Notice> notices)
    {
        var known = message.TaskIds.ToHashSet();
        var news = notices.FindAll(notice => notice.Subject.TaskId is not { } id || known.Add(id));
        message.Count += news.Count;
        message.Subjects = [.. message.Subjects.Concat(news.Select(notice => notice.Subject)).Take(Message.MostShown)];
        message.TaskIds = [.. message.TaskIds, .. news.Select(notice => notice.Subject.TaskId).OfType<Guid>()];
        message.TaskId = message is { Count: 1, TaskIds: [var only] } ? only : null;
        message.VisibleFrom = notices.Select(notice => notice.Release).Append(message.VisibleFrom).Max();
        return message;
    }

    private static DateTimeOffset EndOfMinute(DateTimeOffset moment) =>
        new(moment.UtcTicks - moment.UtcTicks % TimeSpan.TicksPerMinute + TimeSpan.TicksPerMinute, TimeSpan.Zero);
}
