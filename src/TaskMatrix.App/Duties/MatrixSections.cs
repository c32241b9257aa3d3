using TaskMatrix.Engine.Duties;

namespace TaskMatrix.App.Duties;

/// <summary>The matrix from further away: a row for each section of the document, in each cell the sums of its duties.</summary>
public static class MatrixSections
{
    /// <param name="Duties">How many.</param>
    /// <param name="Whole">Of all units shown.</param>
    /// <param name="Cells">By unit id; units with no part in any of its duties are left out.</param>
    public sealed record SectionRow(string Section, int Duties, Standing Whole, IReadOnlyDictionary<string, Standing> Cells);

    /// <summary>In the order of the document; sections without a duty are left out.</summary>
    public static IReadOnlyList<SectionRow> Of(GetMatrix.Result matrix) =>
        [.. matrix.Rows.GroupBy(row => row.Section).Select(rows => Sum(rows.Key, [.. rows], matrix.Units))];

    /// <summary>All rows as one.</summary>
    public static SectionRow Total(GetMatrix.Result matrix) => Sum("", matrix.Rows, matrix.Units);

    private static SectionRow Sum(string section, IReadOnlyList<GetMatrix.MatrixRow> rows, IReadOnlyList<GetMatrix.MatrixUnit> units)
    {
        var cells = units.Where(unit => rows.Any(row => row.Cells.ContainsKey(unit.Id)))
            .ToDictionary(unit => unit.Id, unit => Standing.Of(rows.Select(row => row.Cells.GetValueOrDefault(unit.Id)?.ToStanding()).OfType<Standing>()));
        return new SectionRow(section, rows.Count, Standing.Of(cells.Values), cells);
    }
}
