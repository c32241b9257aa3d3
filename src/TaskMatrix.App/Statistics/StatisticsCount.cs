using System.Globalization;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.Statistics;

namespace TaskMatrix.App.Statistics;

/// <summary>Sorts tasks into their groups while they pass by.</summary>
/// <param name="days">Of the period.</param>
internal sealed class StatisticsCount(StatisticsBy by, Catalogue catalogue, Reckoning reckoning, int days)
{
    private const string NoDuty = "";

    private readonly Dictionary<string, FigureTally> _groups = [];

    public FigureTally Total { get; } = new();

    public BurdenTally Burden { get; } = new(days);

    /// <param name="leads">False: it was only issued to whom the figures are of, so it counts as what was asked and no more.</param>
    public void Add(CountedRow row, bool leads)
    {
        Burden.Add(row.IssuedTo, row.Form);
        if (!leads)
        {
            return;
        }

        var task = row.ToCounted();
        Total.Add(task);
        var key = KeyOf(row);
        (_groups.TryGetValue(key, out var group) ? group : _groups[key] = new FigureTally()).Add(task);
    }

    /// <summary>In the order of the documents; what is published no longer follows, and what belongs to no duty comes last.</summary>
    public IReadOnlyList<StatisticsGroup> Groups(string jurisdiction)
    {
        var places = Order(jurisdiction).Distinct().Select((key, place) => (key, place)).ToDictionary(one => one.key, one => one.place);
        return [.. _groups.OrderBy(group => group.Key == NoDuty ? int.MaxValue : places.GetValueOrDefault(group.Key, int.MaxValue - 1))
            .ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => Named(jurisdiction, group.Key, group.Value.Figures()))];
    }

    private string KeyOf(CountedRow row) => by switch
    {
        StatisticsBy.Unit => row.LeadUnit,
        StatisticsBy.Duty => row.Duty ?? NoDuty,
        StatisticsBy.Section => row.Duty is { } duty ? catalogue.Duty(duty)?.Clause.Section ?? NoDuty : NoDuty,
        _ => reckoning.LocalDate(row.IssuedAt).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private IEnumerable<string> Order(string jurisdiction) => by switch
    {
        StatisticsBy.Unit => catalogue.Set.UnitsOf(jurisdiction).Select(unit => unit.Id),
        StatisticsBy.Duty => catalogue.Set.Duties.Select(duty => duty.Id),
        StatisticsBy.Section => catalogue.Set.Duties.Where(duty => duty.Jurisdiction == jurisdiction).Select(duty => duty.Clause.Section),
        _ => [],
    };

    private StatisticsGroup Named(string jurisdiction, string key, TaskFigures figures) => by switch
    {
        _ when key == NoDuty => new StatisticsGroup(null, null, null, figures),
        StatisticsBy.Unit when catalogue.Set.Unit(jurisdiction, key) is { } unit => new StatisticsGroup(key, unit.Name, unit.English, figures),
        StatisticsBy.Duty when catalogue.Duty(key) is { } duty => new StatisticsGroup(key, duty.Title, duty.English, figures),
        _ => new StatisticsGroup(key, key, null, figures),
    };
}
