namespace TaskMatrix.Engine.Statistics;

/// <summary>Open tasks of one stretch of age.</summary>
/// <param name="FromDays">Whole days since issue, at least; <paramref name="ToDays"/>: fewer than; null: no end.</param>
/// <param name="Late">Of these, past a deadline that still counts.</param>
public sealed record AgeBand(int FromDays, int? ToDays, int Open, int Late);

/// <summary>How long the open tasks have been open.</summary>
public sealed class Ageing
{
    /// <summary>Days at which a band ends and the next begins.</summary>
    public static readonly IReadOnlyList<int> Bounds = [1, 3, 7, 14, 30];

    private readonly (int Open, int Late)[] _bands = new (int, int)[Bounds.Count + 1];

    /// <param name="age">Since the issue; a task issued this moment is 0 days old.</param>
    public void Add(TimeSpan age, bool late)
    {
        var band = Bounds.TakeWhile(bound => age >= TimeSpan.FromDays(bound)).Count();
        _bands[band] = (_bands[band].Open + 1, _bands[band].Late + (late ? 1 : 0));
    }

    /// <summary>The youngest first; empty ones too.</summary>
    public IReadOnlyList<AgeBand> Bands() =>
        [.. _bands.Select((band, i) => new AgeBand(i == 0 ? 0 : Bounds[i - 1], i < Bounds.Count ? Bounds[i] : null, band.Open, band.Late))];
}
