using Microsoft.EntityFrameworkCore;

namespace TaskMatrix.App.Storage;

/// <summary>A single value of the installation: the exercise clock, the catalogue's stamp.</summary>
public sealed class StoredSetting
{
    public const string ExerciseClock = "exercise.clock", CatalogueStamp = "catalogue.stamp", LastSweep = "sweep.last", DefinitionsCheckedBy = "definitions.checked-by";

    public required string Key { get; init; }

    public required string Value { get; set; }

    /// <summary>One statement, so that of two nodes that keep it first none fails.</summary>
    public static Task Keep(StoreContext db, string key, string value, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"INSERT INTO settings (key, value) VALUES ({key}, {value}) ON CONFLICT (key) DO UPDATE SET value = excluded.value", ct);

    /// <summary>Unless a later one is kept: moments in UTC, written alike, are in order as texts.</summary>
    public static Task KeepLatest(StoreContext db, string key, DateTimeOffset moment, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO settings (key, value) VALUES ({key}, {Text(moment)})
        ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE settings.value < excluded.value
        """,
        ct);

    /// <summary>How moments are kept.</summary>
    public static string Text(DateTimeOffset moment) => moment.ToUniversalTime().ToString("O");
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
