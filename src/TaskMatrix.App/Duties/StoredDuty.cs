using TaskMatrix.Engine.Duties;

namespace TaskMatrix.App.Duties;

/// <summary>One version of a duty as it is in force, the office's assumptions included.</summary>
public sealed class StoredDuty
{
    public required string Id { get; init; }

    public required int Version { get; init; }

    public required Duty Body { get; init; }
}

/// <summary>A value that the office put in place of an assumption; it outlives restarts and new shipped versions.</summary>
public sealed class AssumptionOverlay
{
    public required string DutyId { get; init; }

    public required string Field { get; init; }

    public required string Value { get; set; }

    public required string SetBy { get; set; }

    public required DateTimeOffset SetAt { get; set; }
}
