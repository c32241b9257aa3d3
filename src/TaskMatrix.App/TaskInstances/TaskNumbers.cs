using TaskMatrix.App.Storage;

namespace TaskMatrix.App.TaskInstances;

/// <summary>Numbers without gaps, per jurisdiction and year: 太平-2020-000123.</summary>
public sealed class TaskNumbers(Session session)
{
    private static readonly Statement Find = new("SELECT last FROM number_counters WHERE jurisdiction = $1 AND year = $2", [typeof(string), typeof(int)]);

    private static readonly Statement FindLocked = new(Find.Sql + " FOR UPDATE", Find.Types);

    private static readonly Statement Begin = new(
        "INSERT INTO number_counters (last, jurisdiction, year) VALUES ($1, $2, $3)", [typeof(int), typeof(string), typeof(int)], one: true);

    private static readonly Statement GoOn = new(
        "UPDATE number_counters SET last = $1 WHERE jurisdiction = $2 AND year = $3 AND last = $4", [typeof(int), typeof(string), typeof(int), typeof(int)], one: true);

    private readonly Dictionary<(string Jurisdiction, int Year), NumberSeries> _series = [];
    private int _turn;

    /// <param name="prefix">Of the jurisdiction.</param>
    public async Task<string> Next(string jurisdiction, string prefix, int year, CancellationToken ct)
    {
        var counter = await Counter(jurisdiction, year, ct);
        return $"{prefix}-{year}-{++counter.Last:000000}";
    }

    /// <summary>Of another series of the jurisdiction: 批示-2020-0001.</summary>
    /// <param name="series">instructions, meetings.</param>
    public async Task<string> NextOf(string series, string jurisdiction, string prefix, int year, CancellationToken ct)
    {
        var counter = await Counter($"{jurisdiction}/{series}", year, ct);
        return $"{prefix}-{year}-{++counter.Last:0000}";
    }

    /// <summary>Stores what the command has taken; whoever takes from the same series waits until it has ended.</summary>
    internal async Task Write(CancellationToken ct)
    {
        if (_turn != session.Turn || _series.Count == 0)
        {
            return;
        }

        await session.Db.Statements!.Write(
            [.. _series.Where(one => one.Value.Last != one.Value.Stored).Select(one => one.Value.Stored is { } stored
                ? GoOn.With(one.Value.Last, one.Key.Jurisdiction, one.Key.Year, stored)
                : Begin.With(one.Value.Last, one.Key.Jurisdiction, one.Key.Year))],
            ct);
        _series.Clear();
    }

    private async Task<NumberSeries> Counter(string jurisdiction, int year, CancellationToken ct)
    {
        session.WantTurn();
        if (_turn != session.Turn)
        {
            _series.Clear();
            _turn = session.Turn;
        }

        if (_series.TryGetValue((jurisdiction, year), out var known))
        {
            return known;
        }

        var find = session.Db is PostgresStore ? FindLocked : Find;
        var stored = await session.Db.Statements!.Read(find.With(jurisdiction, year), row => (int)row.Number(0), ct);
        return _series[(jurisdiction, year)] = stored is [var last] ? new NumberSeries(last) { Last = last } : new NumberSeries(null);
    }

    /// <param name="Stored">Last number in the database; null before the first.</param>
    private sealed record NumberSeries(int? Stored)
    {
        public int Last { get; set; }
    }
}
