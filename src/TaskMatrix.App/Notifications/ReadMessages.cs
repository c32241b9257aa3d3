using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Notifications;

namespace TaskMatrix.App.Notifications;

/// <summary>The caller has seen a message; a second time changes nothing.</summary>
public static class ReadMessage
{
    public sealed record Command(Guid Id) : IRequest<MessageView>, ICommand;

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Command, MessageView>
    {
        public async Task<MessageView> Handle(Command command, CancellationToken ct)
        {
            var (actor, addresses, now) = (user.Actor, Recipient.Of(user.Actor), clock.Now);
            var message = await session.Db.Messages.AsNoTracking().SingleOrDefaultAsync(message => message.Id == command.Id, ct);
            if (message is null || message.Jurisdiction != actor.Jurisdiction || !addresses.Contains(message.Address) || message.VisibleFrom > now)
            {
                throw new NotFoundException("message", command.Id.ToString());
            }

            var inbox = new Inbox(session, clock);
            if (message.VisibleFrom > await inbox.ReadThrough(actor.UserName, ct) && (await inbox.ReadBy(actor.UserName, [message.Id], ct)).Count == 0)
            {
                session.Db.MessageReads.Add(new MessageRead { UserName = actor.UserName, MessageId = message.Id, ReadAt = now });
            }

            return MessageView.Of(message, read: true);
        }
    }
}

/// <summary>The caller has seen everything there is.</summary>
public static class ReadAllMessages
{
    public sealed record Command : IRequest<Result>, ICommand;

    public sealed record Result(DateTimeOffset ReadThrough);

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            var (name, now) = (user.Actor.UserName, clock.Now);
            var mark = await session.Db.InboxMarks.AsTracking().SingleOrDefaultAsync(mark => mark.UserName == name, ct);
            if (mark is null)
            {
                session.Db.InboxMarks.Add(mark = new InboxMark { UserName = name, ReadThrough = now });
            }

            mark.ReadThrough = now > mark.ReadThrough ? now : mark.ReadThrough;
            return new Result(mark.ReadThrough);
        }
    }
}
