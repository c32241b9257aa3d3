using System.Security.Cryptography;
using System.Text;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Notifications;

/// <summary>Tokens of calendar feeds: whoever has one reads the deadlines of the unit, so only the hash is kept.</summary>
internal static class CalendarToken
{
    public static string New() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Deadlines are a unit's: of those who act for one, and of the office for its own tasks.</summary>
    public static bool May(Actor actor) => actor.Is(Role.Liaison) || actor.Is(Role.Head) || actor.Is(Role.Office);
}

/// <summary>Makes the caller's feed, or a new address for it; the old address ends.</summary>
public static class MakeCalendarFeed
{
    public sealed record Command : IRequest<Result>, ICommand;

    /// <param name="Path">Told this once.</param>
    public sealed record Result(string Path, DateTimeOffset MadeAt);

    internal sealed class Handler(Session session, CurrentUser user, TimeProvider wall) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            if (!CalendarToken.May(user.Actor))
            {
                throw new RuleBrokenException("calendar.not-allowed", RuleKind.Forbidden);
            }

            var (name, token, now) = (user.Actor.UserName, CalendarToken.New(), wall.GetUtcNow());
            if (await session.Db.CalendarFeeds.AsTracking().SingleOrDefaultAsync(feed => feed.UserName == name, ct) is { } feed)
            {
                (feed.TokenHash, feed.MadeAt) = (CalendarToken.Hash(token), now);
            }
            else
            {
                session.Db.CalendarFeeds.Add(new CalendarFeed { UserName = name, TokenHash = CalendarToken.Hash(token), MadeAt = now });
            }

            return new Result($"/api/calendar/{token}.ics", now);
        }
    }
}

/// <summary>Ends the caller's feed.</summary>
public static class RevokeCalendarFeed
{
    public sealed record Command : IRequest<CalendarFeedView>, ICommand;

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Command, CalendarFeedView>
    {
        public async Task<CalendarFeedView> Handle(Command command, CancellationToken ct)
        {
            var name = user.Actor.UserName;
            session.Db.CalendarFeeds.RemoveRange(await session.Db.CalendarFeeds.AsTracking().Where(feed => feed.UserName == name).ToListAsync(ct));
            return new CalendarFeedView(CalendarToken.May(user.Actor), null);
        }
    }
}

/// <param name="Allowed">Whether the caller has deadlines to read.</param>
/// <param name="MadeAt">Null: there is none.</param>
public sealed record CalendarFeedView(bool Allowed, DateTimeOffset? MadeAt);

/// <summary>Whether the caller has a feed; its address is not told again.</summary>
public static class GetCalendarFeed
{
    public sealed record Query : IRequest<CalendarFeedView>;

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Query, CalendarFeedView>
    {
        public async Task<CalendarFeedView> Handle(Query query, CancellationToken ct)
        {
            var name = user.Actor.UserName;
            return new CalendarFeedView(
                CalendarToken.May(user.Actor), (await session.Db.CalendarFeeds.AsNoTracking().SingleOrDefaultAsync(feed => feed.UserName == name, ct))?.MadeAt);
        }
    }
}
