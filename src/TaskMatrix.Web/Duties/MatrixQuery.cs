using TaskMatrix.App.Duties;
using TaskMatrix.App.Organisations;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Duties;

/// <summary>How near the matrix is looked at.</summary>
public enum MatrixLevel
{
    /// <summary>A row for each duty.</summary>
    Duties,

    /// <summary>A row for each section of the document.</summary>
    Sections,
}

/// <summary>What the matrix is narrowed to, and from how near.</summary>
public sealed record MatrixQuery
{
    public string? Plan { get; init; }

    public string? Section { get; init; }

    public string? Unit { get; init; }

    public string? Kind { get; init; }

    public string? Light { get; init; }

    public string? AsOf { get; init; }

    /// <summary><see cref="MatrixLevel"/>; nothing: duties.</summary>
    public string? Level { get; init; }

    /// <summary>The one duty that is opened, with its tasks; section and kind are then its own.</summary>
    public string? Duty { get; init; }

    public bool BySection => Blank.ToNull(Duty) is null && QueryValue.Enum<MatrixLevel>("level", Blank.ToNull(Level)) is MatrixLevel.Sections;

    /// <exception cref="NotFoundException">The plan has no such duty.</exception>
    public GetMatrix.Result Narrow(GetMatrix.Result whole)
    {
        var unit = Blank.ToNull(Unit);
        var rows = Blank.ToNull(Duty) is { } duty ? whole.Rows.Where(row => row.DutyId == duty).ToList() : whole.Rows.Where(Meets).ToList();
        return rows.Count == 0 && Blank.ToNull(Duty) is { } unknown
            ? throw new NotFoundException("duty", unknown)
            : whole with { Units = [.. whole.Units.Where(one => unit is null || one.Id == unit)], Rows = rows };
    }

    /// <summary>What it is narrowed to besides the moment.</summary>
    public IReadOnlyList<(string Name, string Value)> Kept =>
        [.. new[] { ("plan", Plan), ("section", Section), ("unit", Unit), ("kind", Kind), ("light", Light), ("level", Level), ("duty", Duty) }
            .Where(pair => !string.IsNullOrWhiteSpace(pair.Item2)).Select(pair => (pair.Item1, pair.Item2!))];

    /// <summary>What is shown, as a file.</summary>
    /// <param name="plan">That is shown where none was named.</param>
    public string File(string? plan) => "/matrix.xlsx" + Address(("plan", plan))["/matrix".Length..];

    /// <summary>The same matrix with some of that changed; a value of null takes it away.</summary>
    public string Address(params (string Name, string? Value)[] changes) => PageAddress.Of(
        "/matrix", Kept.Select(one => (one.Name, (string?)one.Value)).Append(("asOf", AsOf)).Where(one => changes.All(change => change.Name != one.Item1)).Concat(changes));

    /// <summary>A cell without a task has no light to show.</summary>
    public static bool Shows(GetMatrix.MatrixCell cell) => cell.ToStanding().HasLight;

    private bool Meets(GetMatrix.MatrixRow row)
    {
        var (section, unit) = (Blank.ToNull(Section), Blank.ToNull(Unit));
        var (kind, light) = (QueryValue.Enum<DutyKind>("kind", Blank.ToNull(Kind)), QueryValue.Enum<Light>("light", Blank.ToNull(Light)));
        return (section is null || row.Section == section) && (unit is null || row.Cells.ContainsKey(unit)) && (kind is null || row.Kind == kind)
            && (light is null || row.Cells.Any(cell => (unit is null || cell.Key == unit) && Shows(cell.Value) && cell.Value.Light == light));
    }
}
