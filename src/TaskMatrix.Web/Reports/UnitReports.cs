using MediatR;
using TaskMatrix.App.Reports;

namespace TaskMatrix.Web.Reports;

/// <summary>What one unit owes today.</summary>
internal static class UnitReports
{
    /// <summary>Its row of today in each form that units report on; nothing where it owes none or the visitor may not see it.</summary>
    public static async Task<IReadOnlyList<(FormDefinition Form, UnitReportView Report)>> Today(string unit, IMediator mediator, CancellationToken ct)
    {
        var today = new List<(FormDefinition, UnitReportView)>();
        foreach (var form in (await mediator.Send(new GetDailyReport.Query(null, null, null), ct)).Forms)
        {
            var day = await mediator.Send(new GetDailyReport.Query(null, null, form.Id), ct);
            foreach (var report in day.Units.Where(report => report.Unit == unit))
            {
                today.Add((await mediator.Send(new GetForm.Query(form.Id), ct), report));
            }
        }

        return today;
    }
}
