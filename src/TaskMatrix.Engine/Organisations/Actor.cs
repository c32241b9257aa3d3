namespace TaskMatrix.Engine.Organisations;

/// <summary>Who acts, with the post held at that moment. Recorded with every event.</summary>
/// <param name="Unit">The unit the person belongs to; the leading-group office for its staff.</param>
/// <param name="OnBehalfOf">User name of the person acted for; null when acting for oneself.</param>
public sealed record Actor(
    string UserName,
    string DisplayName,
    string Post,
    string Jurisdiction,
    string Unit,
    IReadOnlyCollection<Role> Roles,
    string? OnBehalfOf = null)
{
    /// <summary>The unit id that stands for the office in every jurisdiction.</summary>
    public const string OfficeUnit = "leading-group-office";

    /// <summary>The unit id of the leading group in every jurisdiction.</summary>
    public const string LeadingGroup = "leading-group";

    /// <summary>The scheduler: issues occurrences, fires timers.</summary>
    public static Actor Scheduler(string jurisdiction) =>
        new("scheduler", "调度", "", jurisdiction, OfficeUnit, [Role.Scheduler]);

    /// <summary>The own unit has an area of its own below, so its tasks can be passed down. For offering it only; the guards look again.</summary>
    public bool PassesDown { get; init; }

    public bool Is(Role role) => Roles.Contains(role);

    /// <summary>Liaison or head of that unit: a head may do all that a liaison may.</summary>
    public bool ActsFor(string unit) => Unit == unit && (Is(Role.Liaison) || Is(Role.Head));

    /// <summary>Receives what is reported to that unit: its liaison or head, the office's staff, the leaders of the leading group.</summary>
    public bool ReadsFor(string unit) =>
        ActsFor(unit) || (unit == OfficeUnit && Is(Role.Office)) || (unit == LeadingGroup && Is(Role.Leader));

    public bool IsLiaisonOf(string unit) => Unit == unit && Is(Role.Liaison);

    public bool IsHeadOf(string unit) => Unit == unit && Is(Role.Head);

    /// <summary>Reads every task of the own jurisdiction.</summary>
    public bool Oversees => Is(Role.Office) || Is(Role.Leader) || Is(Role.Inspector) || Is(Role.OfficeMember) || Is(Role.Scheduler);
}
