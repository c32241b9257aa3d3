using FluentValidation;
using FluentValidation.Results;
using MediatR;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Reports;

/// <summary>One day of the series.</summary>
public sealed record ReportDayView(
    DateOnly Date, int Expected, int Received, int Reported, int Nil, int Late, int Missing, int Corrected, int Pending,
    double? Completeness, IReadOnlyDictionary<string, long> Totals)
{
    internal static ReportDayView Of(DailyRollUp day) => new(
        day.Day, day.Expected, day.Received, day.Count(ReportStatus.Reported), day.Count(ReportStatus.Nil), day.Count(ReportStatus.Late),
        day.Count(ReportStatus.Missing), day.Count(ReportStatus.Corrected), day.Count(ReportStatus.Pending), day.Completeness, day.Totals);
}

/// <summary>The sums of several days, one after the other.</summary>
public static class GetReportSeries
{
    /// <summary>Days of one answer.</summary>
    public const int Most = 366;

    /// <summary>Days where no first one is named.</summary>
    public const int Default = 14;

    /// <param name="From">Null: <see cref="Default"/> days up to <paramref name="To"/>.</param>
    /// <param name="To">Null: today.</param>
    public sealed record Query(string? Jurisdiction, DateOnly? From, DateOnly? To, string? Form) : IRequest<IReadOnlyList<ReportDayView>>;

    internal sealed class Handler(DailyReports reports) : IRequestHandler<Query, IReadOnlyList<ReportDayView>>
    {
        public async Task<IReadOnlyList<ReportDayView>> Handle(Query query, CancellationToken ct)
        {
            var scope = await reports.Scope(query.Jurisdiction, query.Form, ct);
            var to = query.To ?? scope.Today;
            var from = query.From ?? DateOnly.FromDayNumber(Math.Max(DateOnly.MinValue.DayNumber, to.DayNumber - Default + 1));
            if (to < from || to.DayNumber - from.DayNumber >= Most)
            {
                throw new ValidationException([new ValidationFailure("from", "report.range", Most) { ErrorCode = "report.range" }]);
            }

            return [.. (await reports.Days(scope, from, to, ct)).Select(ReportDayView.Of)];
        }
    }
}
