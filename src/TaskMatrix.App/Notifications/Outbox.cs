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
    private readonly List<Notice> _waiting = [];

    public void Add(IEnumerable<Notice> notices) => _waiting.AddRange(notices);

    /// <summary>A command that came second runs again from its beginning.</summary>
    public void Forget() => _waiting.Clear();

    public async Task Write(CancellationToken ct)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var groups = _waiting.GroupBy(notice => notice.Gathering).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var open = await Gathering([.. groups.Select(group => group.Key)], ct);
        var grown = new List<Guid>();
        foreach (var group in groups)
        {
            var known = open.GetValueOrDefault(group.Key);
            var gathering = known is null ? group.Key : null;
            foreach (var part in Apart([.. group]))
            {
                var plain = part[0].Text is null;
                if (plain && known is not null && known.TaskIds.Count + part.Count <= Message.MostTasks)
                {
                    grown.Add(known.Id);
                    Take(known, part);
                }
                else
                {
                    Take(Begin(part[0], plain ? gathering : null), part);
                    gathering = plain ? null : gathering;
                }
            }
        }

        _waiting.Clear();
        await ForgetReads(grown, ct);
    }

    /// <summary>Two nodes that gather the same go one after the other.</summary>
    private Task<Dictionary<string, Message>> Gathering(List<string> keys, CancellationToken ct)
    {
        var messages = session.Db is PostgresStore
            ? session.Db.Messages.FromSql($"SELECT * FROM messages WHERE gathering = ANY ({keys}) ORDER BY gathering FOR UPDATE")
            : session.Db.Messages.Where(message => message.Gathering != null && keys.Contains(message.Gathering));
        return messages.AsTracking().ToDictionaryAsync(message => message.Gathering!, ct);
    }

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
        var message = new Message
        {
            Id = Guid.CreateVersion7(clock.Now), Jurisdiction = first.Jurisdiction, Address = first.Address, Kind = first.Kind, At = first.At,
            VisibleFrom = first.Release, Text = first.Text, Exercise = options.Exercise, Gathering = gathering,
            OutboxAt = sends ? EndOfMinute(first.Release) : null,
        };
        session.Db.Messages.Add(message);
        return message;
    }

    private static void Take(Message message, List<Notice> notices)
    {
        var known = message.TaskIds.ToHashSet();
        var news = notices.FindAll(notice => notice.Subject.TaskId is not { } id || known.Add(id));
        message.Count += news.Count;
        message.Subjects = [.. message.Subjects.Concat(news.Select(notice => notice.Subject)).Take(Message.MostShown)];
        message.TaskIds = [.. message.TaskIds, .. news.Select(notice => notice.Subject.TaskId).OfType<Guid>()];
        message.TaskId = message is { Count: 1, TaskIds: [var only] } ? only : null;
        message.VisibleFrom = notices.Select(notice => notice.Release).Append(message.VisibleFrom).Max();
    }

    /// <summary>A message that grew is new again for those who had read it.</summary>
    private Task<int> ForgetReads(List<Guid> grown, CancellationToken ct) =>
        grown.Count == 0 ? Task.FromResult(0) : session.Db.MessageReads.Where(read => grown.Contains(read.MessageId)).ExecuteDeleteAsync(ct);

    private static DateTimeOffset EndOfMinute(DateTimeOffset moment) =>
        new(moment.UtcTicks - moment.UtcTicks % TimeSpan.TicksPerMinute + TimeSpan.TicksPerMinute, TimeSpan.Zero);
}
