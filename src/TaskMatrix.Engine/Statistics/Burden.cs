namespace TaskMatrix.Engine.Statistics;

/// <summary>What a unit was asked for: the load that reports and tasks are to those who answer them.</summary>
/// <param name="Tasks">Issued to it in the period, also those that it has handed back or lost since.</param>
/// <param name="Reports">Of these, those that ask for a filled form; <paramref name="ByForm"/> says which, by id of the form.</param>
/// <param name="ReportsPerDay">By the days of the period, one decimal.</param>
public sealed record Burden(string Unit, int Tasks, int Reports, double ReportsPerDay, IReadOnlyDictionary<string, int> ByForm);

/// <summary>Counts what was asked of each unit, whoever has the task now.</summary>
/// <param name="days">Of the period, at least 1.</param>
public sealed class BurdenTally(int days)
{
    private readonly SortedDictionary<string, (int Tasks, SortedDictionary<string, int> Forms)> _units = new(StringComparer.Ordinal);

    /// <param name="form">Null: no form is asked for.</param>
    public void Add(string unit, string? form)
    {
        var (tasks, forms) = _units.GetValueOrDefault(unit, (0, new SortedDictionary<string, int>(StringComparer.Ordinal)));
        if (form is not null)
        {
            forms[form] = forms.GetValueOrDefault(form) + 1;
        }

        _units[unit] = (tasks + 1, forms);
    }

    /// <summary>By unit id, in no order of merit.</summary>
    public IReadOnlyList<Burden> Units() => [.. _units.Select(unit => Of(unit.Key, unit.Value.Tasks, unit.Value.Forms))];

    private Burden Of(string unit, int tasks, SortedDictionary<string, int> forms)
    {
        var reports = forms.Values.Sum();
        return new Burden(unit, tasks, reports, Math.Round((double)reports / days, 1, MidpointRounding.AwayFromZero), forms);
    }
}
