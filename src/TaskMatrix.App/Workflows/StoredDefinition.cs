namespace TaskMatrix.App.Workflows;

/// <summary>One published version of a definition file. It never changes.</summary>
public sealed class StoredDefinition
{
    /// <summary><c>daily-report</c>, <c>taiping.education</c>, <c>escalations.standard</c> …</summary>
    public required string Id { get; init; }

    public required int Version { get; init; }

    public required string Text { get; init; }

    public required string Sha256 { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required string PublishedBy { get; init; }

    /// <summary>Came with the program; a later shipped text is published only where it differs from the last shipped one.</summary>
    public required bool Shipped { get; init; }
}
