namespace TaskMatrix.App.TaskInstances;

/// <summary>A unit that a task concerns, so that a unit's list needs no scan.</summary>
public sealed class TaskUnit
{
    public required Guid TaskId { get; init; }

    public required string Jurisdiction { get; init; }

    public required string Unit { get; init; }

    /// <summary>leads, works or reads.</summary>
    public required string Part { get; set; }

    /// <summary>Since when the unit has the closed report to read; null: it has nothing to read, or has read it.</summary>
    public DateTimeOffset? AwaitsReadingSince { get; set; }
}

/// <summary>Last number given in a series and year.</summary>
public sealed class NumberCounter
{
    /// <summary>The jurisdiction for its tasks; <c>jurisdiction/instructions</c> and the like for other series.</summary>
    public required string Jurisdiction { get; init; }

    public required int Year { get; init; }

    public int Last { get; set; }
}

/// <summary>A file handed in with a report, stored under its id.</summary>
public sealed class Attachment
{
    public required Guid Id { get; init; }

    public required string Jurisdiction { get; init; }

    /// <summary>The task it was used for; null until then, and readable by its uploader alone unless a meeting has it.</summary>
    public Guid? TaskId { get; set; }

    /// <summary>The meeting whose minutes it belongs to; null for all else.</summary>
    public Guid? MeetingId { get; set; }

    /// <summary>The inspection whose explanation it belongs to; null for all else.</summary>
    public Guid? InspectionId { get; set; }

    public required string FileName { get; init; }

    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    public required string MediaType { get; init; }

    public required string UploadedBy { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }
}

/// <summary>Bytes of an attachment, apart from its facts so that lists never read them.</summary>
public sealed class AttachmentContent
{
    public required Guid Id { get; init; }

    public required byte[] Bytes { get; init; }
}
