using MediatR;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Reports;

public sealed record ReportsQuery
{
    /// <summary>yyyy-MM-dd; anything else is today.</summary>
    public string? Date { get; init; }

    public string? Form { get; init; }

    /// <summary>Field whose series is drawn; the first one where it is none of the form.</summary>
    public string? Figure { get; init; }
}

/// <summary>A report that was corrected, with its versions.</summary>
public sealed record CorrectedReport(string Unit, Guid TaskId, IReadOnlyList<ReportVersionView> Versions);

/// <param name="Series">The days up to this one.</param>
public sealed record ReportsModel(
    DailyReportView Day, FormDefinition Form, FormFigure? Figure, IReadOnlyList<ReportDayView> Series, IReadOnlyList<CorrectedReport> Corrected)
{
    /// <param name="day">Null: the one that is shown.</param>
    public string Address(DateOnly? day = null) => At(day ?? Day.Date, Day.Form);

    public string Bulletin => $"/reports/bulletin?date={Day.Date:yyyy-MM-dd}&form={Uri.EscapeDataString(Day.Form)}";

    public static string At(DateOnly day, string form) =>
        $"/reports?date={day:yyyy-MM-dd}" + (form == DailyReports.DefaultForm ? "" : "&form=" + Uri.EscapeDataString(form));
}

/// <summary>The reports of a day as the office sums them up, and as a unit sees its own.</summary>
internal static class ReportPages
{
    public static void MapReportPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/reports", async ([AsParameters] ReportsQuery query, IMediator mediator, CancellationToken ct) =>
            Pages.Show<ReportsPage>(await Read(query, mediator, ct)));
        pages.MapGet("/reports/bulletin", async (string? date, string? form, DailyBulletin bulletin, HttpContext http, CancellationToken ct) =>
            ReportEndpoints.Download(await bulletin.Write(null, DayOf(date), Blank.ToNull(form), ct), http));
        pages.MapPost("/reports/urge", Urge);
        pages.MapPost("/reports/summary", Summarize);
    }

    public static bool MaySumUp(Visit visit) => visit.Is(Role.Office) || visit.Actor?.ActsFor(Actor.OfficeUnit) == true;

    private static async Task<ReportsModel> Read(ReportsQuery query, IMediator mediator, CancellationToken ct)
    {
        var day = await mediator.Send(new GetDailyReport.Query(null, DayOf(query.Date), Blank.ToNull(query.Form)), ct);
        var form = await mediator.Send(new GetForm.Query(day.Form), ct);
        var series = await mediator.Send(new GetReportSeries.Query(null, null, day.Date, day.Form), ct);
        var corrected = new List<CorrectedReport>();
        foreach (var unit in day.Units.Where(unit => unit.Status == ReportStatus.Corrected || unit.Flags.Contains("correctionPending")))
        {
            corrected.Add(new CorrectedReport(unit.Unit, unit.TaskId, await mediator.Send(new GetReportVersions.Query(unit.TaskId), ct)));
        }

        return new ReportsModel(day, form, form.Figures.FirstOrDefault(figure => figure.Name == query.Figure) ?? form.Figures.FirstOrDefault(), series, corrected);
    }

    private static async Task<IResult> Urge(HttpContext http, IMediator mediator, Session session, FormMemory memory, CancellationToken ct)
    {
        var posted = await http.Request.ReadFormAsync(ct);
        var (day, form) = (DayOf(posted["date"]), Blank.ToNull(posted["form"]));
        var units = posted["unit"].OfType<string>().Where(unit => unit.Length > 0).ToList();
        var back = Blank.ToNull(posted["returnUrl"]) is { } asked ? Pages.Local(asked) : day is { } shown ? ReportsModel.At(shown, form ?? DailyReports.DefaultForm) : "/reports";
        try
        {
            session.Answers = memory.Of(http, posted, _ => back);
            var told = await mediator.Send(new UrgeReports.Command(day, form, units.Count > 0 ? units : null, null), ct);
            var done = told.Urged.Count > 0 ? "done.reports-urged"
                : told.Problems.Any(problem => problem.Code == "report.urged-just-now") ? "done.reports-urged-before" : "done.reports-urged-none";
            Flash.Tell(http, done, told.Urged.Count);
        }
        catch (DoneBeforeException)
        {
            // Sent twice: the first one has done it.
        }

        return Pages.Next(http, back);
    }

    private static async Task<IResult> Summarize(HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var posted = await http.Request.ReadFormAsync(ct);
        var summary = await mediator.Send(new SummarizeReports.Command(DayOf(posted["date"]), Blank.ToNull(posted["form"])), ct);
        Flash.Tell(http, "done.report-summary");
        return Pages.Next(http, $"/tasks/{summary.Id}");
    }

    /// <summary>Days far from any plan have no neighbours to go to.</summary>
    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) && day.Year is >= 1900 and <= 2999 ? day : null;
}
