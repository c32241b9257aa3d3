using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using Microsoft.EntityFrameworkCore;

namespace TaskMatrix.App.Notifications;

/// <summary>A channel as its administrator sees it; what is secret is never shown again.</summary>
public sealed record ChannelView(Guid Id, string Address, string Kind, string Shown, bool Signed, string Language, string MadeBy, DateTimeOffset MadeAt)
{
    internal static ChannelView Of(Channel channel) =>
        new(channel.Id, channel.Address, channel.Kind, channel.Shown, channel.ProtectedSecret is not null, channel.Language, channel.MadeBy, channel.MadeAt);
}

/// <summary>Channels of a jurisdiction are its system administrator's.</summary>
internal static class ChannelAccess
{
    /// <exception cref="RuleBrokenException">channel.not-allowed (403)</exception>
    public static void Require(Actor actor)
    {
        if (!actor.Is(Role.SystemAdministrator))
        {
            throw new RuleBrokenException("channel.not-allowed", RuleKind.Forbidden);
        }
    }

    public static async Task<Channel> Load(Session session, Actor actor, Guid id, CancellationToken ct)
    {
        Require(actor);
        return await session.Db.Channels.AsTracking().SingleOrDefaultAsync(channel => channel.Id == id && channel.Jurisdiction == actor.Jurisdiction, ct)
            ?? throw new NotFoundException("channel", id.ToString());
    }
}
