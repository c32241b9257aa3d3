using System.Text.Json;
using MediatR;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Reports;

/// <summary>The report of one unit on one day.</summary>
/// <param name="Flags">What else holds of it: late, nil, missed, overdue, awaitsSignature, correctionPending, notExecutable.</param>
/// <param name="Values">The version that counts; null where there is none and of a nil report.</param>
/// <param name="Owed">Past due or its cut-off and not filed.</param>
public sealed record UnitReportView(string Unit, Guid TaskId, ReportStatus Status, IReadOnlyList<string> Flags, DateTimeOffset? SubmittedAt, JsonElement? Values, bool Owed);

/// <summary>A form that units report on.</summary>
public sealed record ReportFormView(string Id, string Title, string English);

/// <summary>The reports of a day, summed up.</summary>
/// <param name="Expected">Units that have a report to file; those whose task was called off are not among them.</param>
/// <param name="Completeness">Received of expected, 0–1; null when none is expected.</param>
/// <param name="Totals">By every figure of the form.</param>
/// <param name="Authoritative">By figure: what the unit reports whose report holds.</param>
/// <param name="WholeJurisdiction">False: the caller reads the own unit's report alone, and all figures are of it.</param>
/// <param name="Forms">On which units report day by day here; the sums are of <paramref name="Form"/>.</param>
public sealed record DailyReportView(
    DateOnly Date, string Form, string Jurisdiction, int Expected, int Received, double? Completeness,
    int Reported, int Nil, int Late, int Missing, int Corrected, int Pending,
    IReadOnlyList<UnitReportView> Units, IReadOnlyDictionary<string, long> Totals,
    IReadOnlyList<FigureConflict> Conflicts, IReadOnlyDictionary<string, long> Authoritative, bool WholeJurisdiction,
    IReadOnlyList<ReportFormView> Forms)
{
    internal static DailyReportView Of(ReportScope scope, DailyRollUp day) => new(
        day.Day, scope.Form.Id, scope.Jurisdiction, day.Expected, day.Received, day.Completeness, day.Count(ReportStatus.Reported), day.Count(ReportStatus.Nil),
        day.Count(ReportStatus.Late), day.Count(ReportStatus.Missing), day.Count(ReportStatus.Corrected), day.Count(ReportStatus.Pending),
        [.. day.Units.Select(unit => new UnitReportView(unit.Unit, unit.TaskId, unit.Status, unit.Flags, unit.SubmittedAt, FormJson.Of(unit.Counted), unit.Owed))],
        day.Totals, day.Conflicts, day.Authoritative, scope.OwnUnit is null,
        [.. scope.Forms.Select(form => new ReportFormView(form.Id, form.Title, form.English))]);
}

/// <summary>Who has reported what on a day, and the sums; a unit reads its own row.</summary>
public static class GetDailyReport
{
    /// <param name="Date">Local date; null: today.</param>
    /// <param name="Form">Null: <see cref="DailyReports.DefaultForm"/>.</param>
    public sealed record Query(string? Jurisdiction, DateOnly? Date, string? Form) : IRequest<DailyReportView>;

    internal sealed class Handler(DailyReports reports) : IRequestHandler<Query, DailyReportView>
    {
        public async Task<DailyReportView> Handle(Query query, CancellationToken ct)
        {
            var scope = await reports.Scope(query.Jurisdiction, query.Form, ct);
            return DailyReportView.Of(scope, await reports.Day(scope, query.Date ?? scope.Today, ct));
        }
    }
}
