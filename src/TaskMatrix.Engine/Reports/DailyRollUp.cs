namespace TaskMatrix.Engine.Reports;

/// <summary>Whose figures hold where several units report the same ones (以……报告为准).</summary>
public sealed record Authority(string Unit, IReadOnlyList<string> Fields);

/// <param name="Value">Of a nil report: 0, because it says that there was none.</param>
public sealed record UnitFigure(string Unit, long Value);

/// <summary>Other units that report another value than the unit whose figure holds.</summary>
public sealed record FigureConflict(string Field, UnitFigure Authoritative, IReadOnlyList<UnitFigure> Others);

/// <summary>The reports of one day, summed up. Missing is never nil and nil is never missing.</summary>
/// <param name="Units">One report a unit, in the order given.</param>
/// <param name="Totals">By field: the newest counting version of every filed report, summed.</param>
/// <param name="Authoritative">By field: what the unit reports whose figures hold; without the fields it has not reported.</param>
public sealed record DailyRollUp(
    DateOnly Day, IReadOnlyList<ReportTask> Units, IReadOnlyDictionary<string, long> Totals,
    IReadOnlyList<FigureConflict> Conflicts, IReadOnlyDictionary<string, long> Authoritative)
{
    public int Expected => Units.Count;

    /// <summary>Filed with something to say; 无法执行 is told by its flag and received by nobody.</summary>
    public int Received => Units.Count(unit => unit is { Filed: true, NotExecutable: false });

    /// <summary>Received of expected, 0–1; null when none is expected.</summary>
    public double? Completeness => Expected == 0 ? null : (double)Received / Expected;

    public int Count(ReportStatus status) => Units.Count(unit => unit.Status == status);

    /// <param name="tasks">Report tasks of the day, several of a unit where one was made by hand.</param>
    /// <param name="order">Unit ids as they are listed; others follow by their id.</param>
    /// <param name="fields">Fields of the form that are figures.</param>
    public static DailyRollUp Of(
        DateOnly day, IEnumerable<ReportTask> tasks, IReadOnlyList<string> order, IReadOnlyCollection<string> fields, Authority? authority)
    {
        var places = order.Select((unit, place) => (unit, place)).ToDictionary(one => one.unit, one => one.place);
        List<ReportTask> units =
        [
            .. tasks.Where(task => task.Day == day && !task.CalledOff).GroupBy(task => task.Unit).Select(OneOf)
                .OrderBy(task => places.GetValueOrDefault(task.Unit, int.MaxValue)).ThenBy(task => task.Unit, StringComparer.Ordinal),
        ];
        var figures = units.ToDictionary(unit => unit.Unit, unit => Figures.Of(unit.Counted, fields));
        var totals = fields.ToDictionary(field => field, field => figures.Values.Sum(values => values.GetValueOrDefault(field)));
        var holding = Holding(units, figures, authority);
        return new DailyRollUp(day, units, totals, Conflicting(units, figures, authority, holding), holding);
    }

    /// <summary>A unit has one report a day: the newest that counts, else the newest that was asked for.</summary>
    private static ReportTask OneOf(IEnumerable<ReportTask> ofUnit) =>
        ofUnit.OrderByDescending(task => task.Filed).ThenByDescending(task => task.CountsSince ?? task.CreatedAt).ThenBy(task => task.TaskId).First();

    private static Dictionary<string, long> Holding(
        List<ReportTask> units, Dictionary<string, IReadOnlyDictionary<string, long>> figures, Authority? authority)
    {
        if (authority is null || units.Find(unit => unit.Unit == authority.Unit) is not { Filed: true } holder)
        {
            return [];
        }

        return holder.IsNil
            ? authority.Fields.ToDictionary(field => field, _ => 0L)
            : authority.Fields.Where(figures[holder.Unit].ContainsKey).ToDictionary(field => field, field => figures[holder.Unit][field]);
    }

    private static List<FigureConflict> Conflicting(
        List<ReportTask> units, Dictionary<string, IReadOnlyDictionary<string, long>> figures, Authority? authority, Dictionary<string, long> holding)
    {
        var conflicts = holding.Select(held => new FigureConflict(
            held.Key, new UnitFigure(authority!.Unit, held.Value),
            [.. units.Where(unit => unit.Unit != authority.Unit && figures[unit.Unit].TryGetValue(held.Key, out var value) && value != held.Value)
                .Select(unit => new UnitFigure(unit.Unit, figures[unit.Unit][held.Key]))]));
        return [.. conflicts.Where(conflict => conflict.Others.Count > 0)];
    }
}
