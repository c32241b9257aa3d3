namespace TaskMatrix.Benchmarks.Measuring;

/// <summary>One figure of the table: what is measured, against what, and what it should come to.</summary>
/// <param name="Goal">At least this, or at most, as <paramref name="AtLeast"/> says.</param>
/// <param name="Unit">Of numerator and denominator.</param>
/// <param name="Prepare">Everything that is not measured.</param>
internal sealed record Figure(string Name, double Goal, bool AtLeast, string Unit, Func<Workplace, CancellationToken, Task<Comparison>> Prepare);

/// <summary>Two things measured in turn. A figure that stands for itself has 1 as its denominator.</summary>
internal abstract class Comparison : IAsyncDisposable
{
    /// <summary>Facts besides the ratio that a reader needs, such as a number of duplicates.</summary>
    public SortedDictionary<string, double> Facts { get; } = [];

    /// <summary>Whether a round that does not count comes first; not where the start of a process is what is measured.</summary>
    public virtual bool WarmsUp => true;

    public abstract Task<double> Numerator(CancellationToken ct);

    public virtual Task<double> Denominator(CancellationToken ct) => Task.FromResult(1.0);

    public abstract ValueTask DisposeAsync();
}
