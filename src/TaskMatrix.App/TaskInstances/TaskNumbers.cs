using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.TaskInstances;

/// <summary>Numbers without gaps, per jurisdiction and year: 太平-2020-000123.</summary>
public sealed class TaskNumbers(Session session)
{
    private readonly Dictionary<(string, int), NumberCounter> _counters = [];
    private StoreContext? _context;

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

    private async Task<NumberCounter> Counter(string jurisdiction, int year, CancellationToken ct)
    {
        var db = session.Db;
        if (_context != db)
        {
            _counters.Clear();
            _context = db;
        }

        if (_counters.TryGetValue((jurisdiction, year), out var known))
        {
            return known;
        }

        var rows = db is PostgresStore
            ? db.Counters.FromSql($"SELECT * FROM number_counters WHERE jurisdiction = {jurisdiction} AND year = {year} FOR UPDATE")
            : db.Counters.Where(counter => counter.Jurisdiction == jurisdiction && counter.Year == year);
        var row = await rows.AsTracking().SingleOrDefaultAsync(ct)
            ?? db.Counters.Add(new NumberCounter { Jurisdiction = jurisdiction, Year = year }).Entity;
        return _counters[(jurisdiction, year)] = row;
    }
}
