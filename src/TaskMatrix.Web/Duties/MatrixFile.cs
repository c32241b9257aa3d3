using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Duties;

/// <summary>The matrix as a table: duties down, units across, in each cell the letters and how its tasks stand.</summary>
internal sealed class MatrixFile(IMediator mediator, PlaceWords words, Texts texts, DomainClock clock)
{
    /// <param name="asOf">Null: now.</param>
    public async Task<IResult> Write(string? jurisdiction, string? plan, DateTimeOffset? asOf, HttpContext http, CancellationToken ct)
    {
        var matrix = await mediator.Send(new GetMatrix.Query(jurisdiction, plan, asOf), ct);
        await words.Load(ct);
        var assumed = await words.Assumptions(ct);
        await mediator.Send(new RecordExport.Command("matrix.xlsx", new Dictionary<string, object?> { ["plan"] = matrix.Plan, ["asOf"] = matrix.AsOf }), ct);
        string[] headings = [texts["matrix.section"], texts["facts.duty"], texts["facts.kind"], .. matrix.Units.Select(unit => Texts.Pick(unit.Name, unit.English)), texts["assumption.heading"]];
        var head = words.Head(texts["nav.matrix"], matrix.AsOf ?? clock.Now, headings);
        var file = await SheetAnswer.Write("xlsx", head, sheet => Rows(sheet, matrix, assumed));
        return FileAnswer.Of(file, FileAnswer.Xlsx, words.Prefix + "matrix.xlsx", http);
    }

    private Task Rows(ISheet sheet, GetMatrix.Result matrix, IReadOnlyDictionary<string, string> assumed)
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
        _ => texts["matrix.file-cell", cell.Raci, texts.Name(cell.Light), cell.Open, cell.Overdue, cell.Closed],
    };
}
