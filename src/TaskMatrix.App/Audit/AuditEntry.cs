namespace TaskMatrix.App.Audit;

/// <summary>
/// One entry of the record, in the chain of one unit. <see cref="Hash"/> is the SHA-256 of <see cref="Payload"/> as UTF-8,
/// and the payload holds the hash before it: <c>sha256sum</c> is enough to check a chain.
/// </summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    public required string Jurisdiction { get; init; }

    public required string Unit { get; init; }

    /// <summary>1-based and without a gap within (jurisdiction, unit).</summary>
    public required long Sequence { get; init; }

    /// <summary>Null for entries that concern no task.</summary>
    public Guid? TaskId { get; init; }

    /// <summary>Place among the events of the task; null for the second entry of an act of two units.</summary>
    public int? TaskSequence { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Action { get; init; }

    public required string Actor { get; init; }

    public required string ActorUnit { get; init; }

    /// <summary>Shared by the two entries of an act of two units.</summary>
    public string? SharedId { get; init; }

    public required string Payload { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Hash { get; init; }
}

/// <summary>The newest entry of a chain, written in that entry's transaction.</summary>
public sealed class ChainHead
{
    public required string Jurisdiction { get; init; }

    public required string Unit { get; init; }

    public long Sequence { get; set; }

    public string Hash { get; set; } = Genesis;

    /// <summary>Previous hash of a first entry.</summary>
    public static readonly string Genesis = new('0', 64);
}
