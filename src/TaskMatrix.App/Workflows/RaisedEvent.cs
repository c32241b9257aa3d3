namespace TaskMatrix.App.Workflows;

/// <summary>An event of the catalogue that happened.</summary>
public sealed class RaisedEvent
{
    public required Guid Id { get; init; }

    public required string Jurisdiction { get; init; }

    public required string Kind { get; init; }

    public required string Summary { get; init; }

    /// <summary>JSON object.</summary>
    public required string Data { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    public required string RaisedBy { get; init; }

    public required string RaisedByUnit { get; init; }

    /// <summary>Run and step of the process that raised it, unique; null when a person did.</summary>
    public string? RaisedByStep { get; init; }
}
