using System.Collections.Concurrent;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>How far a database is prepared before a test gets it. Each kind is prepared once a run and copied from then on.</summary>
/// <param name="Activated">Both seed plans are in force since <paramref name="At"/>; else their definitions are published only.</param>
public sealed record Prepared(bool Activated, bool Exercise, DateTimeOffset At);

/// <summary>A kind of database that the storage suites run on.</summary>
public interface ITestDatabase
{
    /// <summary>Whether several processes may write at once.</summary>
    bool SeveralNodes { get; }

    /// <summary>A database of a test's own, copied from a prepared one.</summary>
    /// <param name="folder">Data folder of the test.</param>
    /// <returns>Connection string; null where the database is a file in the folder.</returns>
    Task<string?> Copy(Prepared prepared, string folder);

    /// <summary>A database without a table.</summary>
    Task<string?> Empty(string folder);
}

/// <summary>Databases to copy from, each made by the first test that asks for it.</summary>
/// <param name="make">Makes one.</param>
internal sealed class Templates(Func<Prepared, Task<string>> make)
{
    private readonly ConcurrentDictionary<Prepared, Lazy<Task<string>>> _made = new();

    public Task<string> Get(Prepared prepared) => _made.GetOrAdd(prepared, wanted => new Lazy<Task<string>>(() => make(wanted))).Value;
}
