using MediatR;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Statistics;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Web.Shell;

/// <param name="LateByUnit">Of the tasks that each unit leads, the unit with the most overdue ones first.</param>
/// <param name="Series">Reports of the last days, the oldest first; empty where none is expected.</param>
/// <param name="Days">Tasks by the day they were issued, the oldest first; days without one are left out.</param>
public sealed record SituationModel(
    IReadOnlyList<PlanView> Plans, Standing Whole, IReadOnlyList<(string Unit, Standing Stands)> LateByUnit, IReadOnlyList<ListOverdue.OverdueTask> Longest,
    IReadOnlyList<EventView> Events, IReadOnlyList<InstructionView> Instructions, IReadOnlyList<ReportDayView> Series, FormFigure? Figure,
    IReadOnlyList<StatisticsGroup> Days);

/// <summary>One screen for those who lead: the response, what is red and where, what was instructed and answered, how the days went.</summary>
internal static class SituationPages
{
    /// <summary>Days of the series, today included.</summary>
    public const int Days = 7;

    /// <summary>Of each list; more units, whose lines are short.</summary>
    private const int Lines = 4, Units = 7;

    public static void MapSituationPage(this IEndpointRouteBuilder pages) => pages.MapGet("/situation", async (IMediator mediator, Visit visit, CancellationToken ct) =>
        visit.Is(Role.Leader, Role.Office, Role.Inspector) ? Pages.Show<SituationPage>(await Read(DateOnly.FromDateTime(visit.Local(visit.Now).DateTime), mediator, ct))
        : Pages.Show<ErrorPage>(new PageProblem(StatusCodes.Status403Forbidden, "not-allowed", []), StatusCodes.Status403Forbidden));

    private static async Task<SituationModel> Read(DateOnly today, IMediator mediator, CancellationToken ct)
    {
        var standing = await mediator.Send(new GetStanding.Query(), ct);
        var days = await mediator.Send(new GetStatistics.Query(null, today.AddDays(1 - Days), today, StatisticsBy.Day), ct);
        var series = await mediator.Send(new GetReportSeries.Query(null, days.From, days.To, null), ct);
        var form = await mediator.Send(new GetForm.Query(DailyReports.DefaultForm), ct);
        return new(
            [.. (await mediator.Send(new ListPlans.Query(), ct)).Where(plan => plan.Status != PlanStatus.Draft)],
            standing.Whole,
            [.. standing.Units.Where(unit => unit.Value.Overdue > 0).OrderByDescending(unit => unit.Value.Overdue).ThenBy(unit => unit.Key, StringComparer.Ordinal).Take(Units).Select(unit => (unit.Key, unit.Value))],
            (await mediator.Send(new ListOverdue.Query(new TaskFilter(), null, new Paging(null, Lines)), ct)).Items,
            (await mediator.Send(new ListEvents.Query(null, null, new Paging(null, Lines)), ct)).Items,
            (await mediator.Send(new ListInstructions.Query(null, new Paging(null, Lines)), ct)).Items,
            series.Any(day => day.Expected > 0) ? series : [], form.Figures.FirstOrDefault(), days.Groups);
    }
}
