using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Engine.Notifications;

/// <summary>Whom a message is for, within a jurisdiction: a unit, its head alone, the office, the leaders or the inspectors.</summary>
/// <remarks>Written as <c>unit:education</c>, <c>head:education</c>, <c>office</c>, <c>leader</c>, <c>inspector</c>.</remarks>
public static class Recipient
{
    public const string Office = "office", Leader = "leader", Inspector = "inspector";

    private const string OfUnit = "unit:", OfHead = "head:";

    public static string Unit(string unit) => OfUnit + unit;

    public static string Head(string unit) => OfHead + unit;

    /// <summary>What reaches this person; the three administrators get none. At most six.</summary>
    public static IReadOnlyList<string> Of(Actor actor)
    {
        var addresses = new List<string>();
        if (actor.Is(Role.Liaison) || actor.Is(Role.Head))
        {
            addresses.Add(Unit(actor.Unit));
        }

        if (actor.Is(Role.Head))
        {
            addresses.Add(Head(actor.Unit));
        }

        if (actor.Is(Role.Office))
        {
            addresses.AddRange([Office, Unit(Actor.OfficeUnit)]);
        }

        if (actor.Is(Role.Leader))
        {
            addresses.AddRange([Leader, Unit(Actor.LeadingGroup)]);
        }

        if (actor.Is(Role.Inspector))
        {
            addresses.Add(Inspector);
        }

        return [.. addresses.Distinct()];
    }

    /// <summary>Where channels for it stand: its unit's own, a head's with those of the unit.</summary>
    public static string ChannelOf(string address) => address.StartsWith(OfHead, StringComparison.Ordinal) ? Unit(address[OfHead.Length..]) : address;

    /// <summary>The unit in whose chain of the record stands what was sent there.</summary>
    public static string ChainOf(string address) => UnitOf(address) ?? (address == Office ? Actor.OfficeUnit : Actor.LeadingGroup);

    /// <summary>Null for the office, the leaders and the inspectors.</summary>
    public static string? UnitOf(string address) => address.IndexOf(':', StringComparison.Ordinal) is var at and > 0 ? address[(at + 1)..] : null;
}
