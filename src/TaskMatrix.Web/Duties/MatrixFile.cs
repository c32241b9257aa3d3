using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Duties;

/// <summary>The matrix as a table, as far as it is shown: duties or sections down, units across, in each cell how the tasks stand.</summary>
internal sealed class MatrixFile(IMediator mediator, PlaceWords words, Texts texts, DomainClock clock)
{
    /// <param name="query">What it is narrowed to, and whether its rows are duties or sections.</param>
    /// <param name="asOf">Null: now.</param>
    public async Task<IResult> Write(string? jurisdiction, MatrixQuery query, DateTimeOffset? asOf, HttpContext http, CancellationToken ct)
    {
        var matrix = query.Narrow(await mediator.Send(new GetMatrix.Query(jurisdiction, Blank.ToNull(query.Plan), asOf), ct));
        await words.Load(ct);
        var assumed = await words.Assumptions(ct);
        var details = new Dictionary<string, object?> { ["plan"] = matrix.Plan, ["asOf"] = matrix.AsOf };
        foreach (var (name, value) in query.Kept.Where(kept => kept.Name != "plan"))
        {
            details[name] = value;
        }

        await mediator.Send(new RecordExport.Command("matrix.xlsx", details), ct);
        var head = words.Head(texts["nav.matrix"], matrix.AsOf ?? clock.Now, [.. Headings(matrix, query.BySection)]);
        var file = await SheetAnswer.Write("xlsx", head, sheet => query.BySection ? Sections(sheet, matrix) : Duties(sheet, matrix, assumed));
        return FileAnswer.Of(file, FileAnswer.Xlsx, words.Prefix + "matrix.xlsx", http);
    }

    private IEnumerable<string> Headings(GetMatrix.Result matrix, bool bySection)
    {
        var units = matrix.Units.Select(unit => Texts.Pick(unit.Name, unit.English));
        return bySection
            ? [texts["matrix.section"], texts["matrix.sum"], .. units]
            : [texts["matrix.section"], texts["facts.duty"], texts["facts.kind"], .. units, texts["assumption.heading"]];
    }

    /// <summary>A row for each section with its sums, and all of them in the last one.</summary>
    private Task Sections(ISheet sheet, GetMatrix.Result matrix)
    {
        foreach (var row in MatrixSections.Of(matrix).Append(MatrixSections.Total(matrix) with { Section = texts["matrix.sum"] }))
        {
            sheet.Row([row.Section, Words(row.Whole), .. matrix.Units.Select(unit => Words(row.Cells.GetValueOrDefault(unit.Id)))]);
        }

        return Task.CompletedTask;
    }

    private string? Words(Standing? standing) => standing is { HasLight: true } ? texts["matrix.file-sum", texts.Name(standing.Light), texts.Stands(standing)] : null;

    private Task Duties(ISheet sheet, GetMatrix.Result matrix, IReadOnlyDictionary<string, string> assumed)
    {
        foreach (var row in matrix.Rows)
        {
            sheet.Row([row.Section, Texts.Pick(row.Title, row.English), texts["kind." + Texts.Camel(row.Kind)], .. matrix.Units.Select(unit => Words(row.Cells.GetValueOrDefault(unit.Id))), assumed.GetValueOrDefault(row.DutyId)]);
        }

        return Task.CompletedTask;
    }

    private string? Words(GetMatrix.MatrixCell? cell) => cell switch
    {
        null => null,
        _ when !MatrixQuery.Shows(cell) => cell.Raci,
        _ => texts["matrix.file-cell", cell.Raci, Words(cell.ToStanding())!],
    };
}
