namespace TaskMatrix.App.Storage;

/// <summary>A single value of the installation: the exercise clock, the catalogue's stamp.</summary>
public sealed class StoredSetting
{
    public const string ExerciseClock = "exercise.clock", CatalogueStamp = "catalogue.stamp", LastSweep = "sweep.last", DefinitionsCheckedBy = "definitions.checked-by";

    public required string Key { get; init; }

    public required string Value { get; set; }
}

/// <summary>A key of the key ring, as the data protection system writes it.</summary>
public sealed class DataProtectionKey
{
    public required string Name { get; init; }

    public required string Xml { get; init; }
}

/// <summary>The stored answer of a POST, so that the same request does its work once.</summary>
public sealed class IdempotentAnswer
{
    /// <summary>SHA-256 over user, method, path and the caller's key.</summary>
    public required string Key { get; init; }

    public required string BodyHash { get; init; }

    public required int Status { get; init; }

    public string? Location { get; init; }

    public required string Answer { get; init; }

    /// <summary>Wall clock; forgotten 24 h later.</summary>
    public required DateTimeOffset StoredAt { get; init; }
}
