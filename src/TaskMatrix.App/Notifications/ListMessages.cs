using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Notifications;

namespace TaskMatrix.App.Notifications;

/// <summary>The caller's messages, the newest first.</summary>
public static class ListMessages
{
    /// <param name="Kind">Only messages of this <see cref="NoticeKind"/>; null: all.</param>
    public sealed record Query(bool UnreadOnly, Paging Paging, string? Kind = null) : IRequest<ListPage<MessageView>>;

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Query, ListPage<MessageView>>
    {
        public async Task<ListPage<MessageView>> Handle(Query query, CancellationToken ct)
        {
            var inbox = new Inbox(session, clock);
            var (actor, mark) = (user.Actor, await inbox.ReadThrough(user.Actor.UserName, ct));
            var messages = new List<Message>();
            foreach (var address in Recipient.Of(actor))
            {
                messages.AddRange(await After(inbox.Of(actor, address), query, mark, ct));
            }

            // Each address gives as many as a page holds, in the order of its index; together they hold the page.
            var page = messages.OrderByDescending(message => message.VisibleFrom).ThenByDescending(message => Key(message), StringComparer.Ordinal).Take(query.Paging.Size + 1).ToList();
            var read = await inbox.ReadBy(actor.UserName, page.ConvertAll(message => message.Id), ct);
            return query.Paging.Cut(page, message => MessageView.Of(message, message.VisibleFrom <= mark || read.Contains(message.Id)), message => (message.VisibleFrom.UtcTicks, Key(message)));
        }

        private static string Key(Message message) => message.Id.ToString();

        private Task<List<Message>> After(IQueryable<Message> messages, Query query, DateTimeOffset mark, CancellationToken ct)
        {
            if (query.UnreadOnly)
            {
                var userName = user.Actor.UserName;
                messages = messages.Where(message => message.VisibleFrom > mark && !session.Db.MessageReads.Any(read => read.MessageId == message.Id && read.UserName == userName));
            }

            messages = query.Kind is { } kind ? messages.Where(message => message.Kind == kind) : messages;
            if (query.Paging.After() is { } at)
            {
                var (moment, last) = (new DateTimeOffset(at.Moment, TimeSpan.Zero), Guid.TryParse(at.Key, out var id) ? id : Guid.Empty);
                messages = messages.Where(message => message.VisibleFrom <= moment && (message.VisibleFrom < moment || message.Id.CompareTo(last) < 0));
            }

            return messages.OrderByDescending(message => message.VisibleFrom).ThenByDescending(message => message.Id).Take(query.Paging.Size + 1).ToListAsync(ct);
        }
    }
}

/// <summary>How many of the caller's messages are unread. Stands on every page, so it counts only so far.</summary>
public static class CountUnread
{
    /// <summary>From here on the answer is "this many or more".</summary>
    public const int Most = 100;

    public sealed record Query : IRequest<int>;

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Query, int>
    {
        public async Task<int> Handle(Query query, CancellationToken ct)
        {
            var (actor, count) = (user.Actor, 0);
            var addresses = Recipient.Of(actor);
            var inbox = new Inbox(session, clock);
            var mark = addresses.Count == 0 ? DateTimeOffset.MaxValue : await inbox.ReadThrough(actor.UserName, ct);
            foreach (var address in addresses)
            {
                count += await inbox.Of(actor, address).Where(message => message.VisibleFrom > mark
                    && !session.Db.MessageReads.Any(read => read.MessageId == message.Id && read.UserName == actor.UserName)).Take(Most).CountAsync(ct);
            }

            return Math.Min(count, Most);
        }
    }
}
