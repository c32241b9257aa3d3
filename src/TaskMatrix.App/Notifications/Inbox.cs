using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Notifications;

/// <summary>A message as one person sees it.</summary>
/// <param name="Kind">A <see cref="NoticeKind"/>.</param>
/// <param name="Address">Whom it was for: a <see cref="Recipient"/>.</param>
/// <param name="Count">How many things it speaks of; <paramref name="Subjects"/> are the first of them.</param>
/// <param name="Path">The page that shows them.</param>
public sealed record MessageView(
    Guid Id, string Kind, string Address, int Count, IReadOnlyList<NoticeSubject> Subjects, string? Text, string Path, DateTimeOffset At, bool Read, bool Exercise)
{
    internal static MessageView Of(Message message, bool read) => new(
        message.Id, message.Kind, message.Address, message.Count, message.Subjects, message.Text, message.Path, message.VisibleFrom, read, message.Exercise);
}

/// <summary>Which messages reach a person, and which of them they have read. Marks are each person's own.</summary>
internal sealed class Inbox(Session session, DomainClock clock)
{
    /// <summary>Those already given.</summary>
    public IQueryable<Message> Of(Actor actor, string address)
    {
        var (place, now) = (actor.Jurisdiction, clock.Now);
        return session.Db.Messages.AsNoTracking().Where(message => message.Jurisdiction == place && message.Address == address && message.VisibleFrom <= now);
    }

    public async Task<DateTimeOffset> ReadThrough(string userName, CancellationToken ct) =>
        await session.Db.InboxMarks.AsNoTracking().Where(mark => mark.UserName == userName).Select(mark => (DateTimeOffset?)mark.ReadThrough).SingleOrDefaultAsync(ct)
        ?? DateTimeOffset.MinValue;

    /// <summary>Of these messages.</summary>
    public async Task<HashSet<Guid>> ReadBy(string userName, List<Guid> messages, CancellationToken ct) => messages.Count == 0 ? [] :
        [.. await session.Db.MessageReads.AsNoTracking().Where(read => messages.Contains(read.MessageId) && read.UserName == userName).Select(read => read.MessageId).ToListAsync(ct)];
}
