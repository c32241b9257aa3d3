namespace TaskMatrix.Engine.Organisations;

/// <summary>An area with its own plan, units and zone.</summary>
/// <param name="Zone">IANA zone; every deadline of the jurisdiction is reckoned in it.</param>
/// <param name="Calendar">Id of the working calendar.</param>
/// <param name="NumberPrefix">First part of task numbers (太平-2020-000123).</param>
public sealed record Jurisdiction(string Id, string Name, string English, string Zone, string Calendar, string NumberPrefix)
{
    /// <summary>Id of the jurisdiction above; null where it is nobody's child.</summary>
    public string? Parent { get; init; }

    /// <summary>The unit of <see cref="Parent"/> whose own area this is; a unit has one at most.</summary>
    public string? ParentUnit { get; init; }
}

/// <summary>A unit of a jurisdiction, found by its id, its name or any alias.</summary>
public sealed record OrganisationUnit(
    string Jurisdiction,
    string Id,
    int Ordinal,
    string Name,
    string English,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Classes,
    IReadOnlyList<Post> Posts)
{
    /// <summary>By the office, beside the units of the document; kept when a new seed is shipped.</summary>
    public bool Added { get; init; }

    /// <summary>From here on it gets no further task; null while it works.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    public bool Answers(string name) => Id == name || Name == name || Aliases.Contains(name);

    /// <summary>The post that answers for the unit's tasks: its head, else its first post.</summary>
    public Post? AccountablePost => Posts.FirstOrDefault(post => post.Role == "head") ?? Posts.FirstOrDefault();
}

/// <summary>A post of a unit. Officials appear by post; a holder is recorded only once the office enters one.</summary>
/// <param name="Role">head, deputy, liaison or member.</param>
/// <param name="Assumption">Why the post is assumed, where the document does not name it; else null.</param>
public sealed record Post(string Id, string Title, string English, string Role, string? Assumption)
{
    public static readonly IReadOnlyList<string> PostRoles = ["head", "deputy", "liaison", "member"];
}
