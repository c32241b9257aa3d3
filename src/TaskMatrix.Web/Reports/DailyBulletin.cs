using System.Globalization;
using System.Text.Json;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Reports;

/// <summary>The printable bulletin of a day (简报): who has reported, the figures, and where units disagree.</summary>
internal sealed class DailyBulletin(IMediator mediator, Texts texts, DomainClock clock)
{
    public async Task<(string Name, byte[] Bytes)> Write(string? jurisdiction, DateOnly? date, string? form, CancellationToken ct)
    {
        var (report, definition, at, authority) = await mediator.Send(new ExportDailyReport.Command(jurisdiction, date, form), ct);
        var place = (await mediator.Send(new ListJurisdictions.Query(), ct)).Single();
        var units = (await mediator.Send(new ListUnits.Query(report.Jurisdiction), ct)).ToDictionary(unit => unit.Id, unit => Texts.Pick(unit.Name, unit.English));
        var day = report.Date.ToString(texts["time.day"], CultureInfo.CurrentUICulture);
        var document = new OfficialDocument(
            texts["bulletin.title", Texts.Pick(place.Name, place.English), Texts.Pick(definition.Title, definition.English)],
            texts["bulletin.number", report.Date.Year, report.Date.DayOfYear, day], clock.IsExercise ? texts["exercise.name"] : null)
            .Salutation(texts["closing.to", units.GetValueOrDefault(Actor.LeadingGroup, Actor.LeadingGroup)]);
        Filing(document, report, units);
        Sums(document, report, definition, units, authority);
        Conflicts(document, report, definition, units);
        var signed = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(place.Zone)).ToString(texts["time.day"], CultureInfo.CurrentUICulture);
        document.Signature(units.GetValueOrDefault(Actor.OfficeUnit, Actor.OfficeUnit), signed);
        return ($"daily-{report.Jurisdiction}-{report.Date:yyyy-MM-dd}.docx", document.Write());
    }

    private void Filing(OfficialDocument document, DailyReportView report, Dictionary<string, string> units)
    {
        var share = report.Completeness is { } completeness ? completeness.ToString("P0", CultureInfo.CurrentUICulture) : "–";
        document.Heading(texts["bulletin.filing"]).Body(texts["bulletin.completeness", report.Expected, report.Received, share]);
        foreach (var status in new[] { ReportStatus.Missing, ReportStatus.Pending, ReportStatus.Late, ReportStatus.Nil, ReportStatus.Corrected })
        {
            Named(document, "report.status." + Texts.Camel(status), report.Units.Where(unit => unit.Status == status), units);
        }

        // 无法执行 is filed and yet not received, so it would be missing from every other line.
        Named(document, "report.flag.notExecutable", report.Units.Where(unit => unit.Flags.Contains("notExecutable")), units);
    }

    private void Named(OfficialDocument document, string key, IEnumerable<UnitReportView> reports, Dictionary<string, string> units)
    {
        var named = reports.Select(report => units.GetValueOrDefault(report.Unit, report.Unit)).ToList();
        if (named.Count > 0)
        {
            document.Body(texts["bulletin.named", texts[key], named.Count, string.Join(texts["list.comma"], named)]);
        }
    }

    private void Sums(OfficialDocument document, DailyReportView report, FormDefinition form, Dictionary<string, string> units, string? authority)
    {
        document.Heading(texts["bulletin.figures"]);
        List<string> headers = [texts["task.unit"], .. form.Figures.Select(Title)];
        List<IReadOnlyList<string>> rows =
        [
            .. report.Units.Where(unit => unit.Values is not null)
                .Select(unit => (IReadOnlyList<string>)[units.GetValueOrDefault(unit.Unit, unit.Unit), .. form.Figures.Select(figure => Value(unit.Values!.Value, figure.Name))]),
            [texts["reports.total"], .. form.Figures.Select(figure => Number(report.Totals[figure.Name]))],
        ];
        if (authority is not null && report.Authoritative.Count > 0)
        {
            rows.Add([texts["reports.authority", units.GetValueOrDefault(authority, authority)], .. form.Figures.Select(figure => report.Authoritative.TryGetValue(figure.Name, out var value) ? Number(value) : "")]);
        }

        document.Table(headers, rows);
    }

    private void Conflicts(OfficialDocument document, DailyReportView report, FormDefinition form, Dictionary<string, string> units)
    {
        if (report.Conflicts.Count == 0)
        {
            return;
        }

        string Says(UnitFigure figure) => $"{units.GetValueOrDefault(figure.Unit, figure.Unit)} {Number(figure.Value)}";
        document.Heading(texts["reports.conflicts"]).Table(
            [texts["reports.field"], texts["reports.holds"], texts["reports.others"]],
            report.Conflicts.Select(conflict => (IReadOnlyList<string>)
                [Title(form.Figures.First(figure => figure.Name == conflict.Field)), Says(conflict.Authoritative), string.Join(texts["list.comma"], conflict.Others.Select(Says))]));
    }

    private string Title(FormFigure figure) => Texts.English || figure.Unit.Length == 0
        ? Texts.Pick(figure.Title, figure.English)
        : texts["form.with-unit", figure.Title, figure.Unit];

    private static string Value(JsonElement values, string name) => values.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
