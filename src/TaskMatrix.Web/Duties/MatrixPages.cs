using MediatR;
using TaskMatrix.App.Duties;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Duties;

/// <summary>What the matrix is narrowed to.</summary>
public sealed record MatrixQuery(string? Plan, string? Section, string? Unit, string? Kind, string? Light, string? AsOf = null)
{
    public GetMatrix.Result Narrow(GetMatrix.Result whole)
    {
        var (section, unit) = (Blank.ToNull(Section), Blank.ToNull(Unit));
        var (kind, light) = (QueryValue.Enum<DutyKind>("kind", Blank.ToNull(Kind)), QueryValue.Enum<Light>("light", Blank.ToNull(Light)));
        return whole with
        {
            Units = [.. whole.Units.Where(one => unit is null || one.Id == unit)],
            Rows = [.. whole.Rows.Where(row => (section is null || row.Section == section) && (unit is null || row.Cells.ContainsKey(unit))
                && (kind is null || row.Kind == kind) && (light is null || row.Cells.Any(cell => (unit is null || cell.Key == unit) && Shows(cell.Value) && cell.Value.Light == light)))],
        };
    }

    /// <summary>What it is narrowed to besides the moment.</summary>
    public IReadOnlyList<(string Name, string Value)> Kept =>
        [.. new[] { ("plan", Plan), ("section", Section), ("unit", Unit), ("kind", Kind), ("light", Light) }.Where(pair => !string.IsNullOrWhiteSpace(pair.Item2)).Select(pair => (pair.Item1, pair.Item2!))];

    /// <summary>A cell without a task has no light to show.</summary>
    public static bool Shows(GetMatrix.MatrixCell cell) => cell.Open + cell.Overdue + cell.Closed > 0;
}

/// <param name="Sections">Of the whole plan, in the order of its text.</param>
public sealed record MatrixModel(MatrixQuery Query, GetMatrix.Result Matrix, IReadOnlyList<string> Sections);

internal static class MatrixPages
{
    public static void MapMatrixPage(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/matrix.xlsx", (string? plan, string? asOf, Visit visit, MatrixFile file, HttpContext http, CancellationToken ct) =>
            file.Write(null, Blank.ToNull(plan), AsOf.Of(asOf, visit), http, ct)).IsCostly();
        pages.MapGet("/matrix", async ([AsParameters] MatrixQuery query, Visit visit, IMediator mediator, CancellationToken ct) =>
        {
            var whole = await mediator.Send(new GetMatrix.Query(null, Blank.ToNull(query.Plan), AsOf.Of(query.AsOf, visit)), ct);
            return Pages.Show<MatrixPage>(new MatrixModel(query, query.Narrow(whole), [.. whole.Rows.Select(row => row.Section).Distinct()]));
        });
    }
}
