using MediatR;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Web.Shell;

/// <param name="LateByUnit">Overdue tasks, the unit with the most first.</param>
/// <param name="Series">Empty where no report is expected.</param>
public sealed record SituationModel(
    IReadOnlyList<PlanView> Plans, CountTasks.Result Counts, IReadOnlyList<(string Unit, int Count)> LateByUnit, IReadOnlyList<ListOverdue.OverdueTask> Longest,
    IReadOnlyList<EventView> Events, IReadOnlyList<InstructionView> Instructions, IReadOnlyList<ReportDayView> Series, FormFigure? Figure);

/// <summary>One screen for those who lead: the response, what is red and where, what was instructed and answered, how the days went.</summary>
internal static class SituationPages
{
    private const int Lines = 6;

    public static void MapSituationPage(this IEndpointRouteBuilder pages) => pages.MapGet("/situation", async (IMediator mediator, Visit visit, CancellationToken ct) =>
        visit.Is(Role.Leader, Role.Office, Role.Inspector) ? Pages.Show<SituationPage>(await Read(mediator, ct))
        : Pages.Show<ErrorPage>(new PageProblem(StatusCodes.Status403Forbidden, "not-allowed", []), StatusCodes.Status403Forbidden));

    private static async Task<SituationModel> Read(IMediator mediator, CancellationToken ct)
    {
        var late = await mediator.Send(new CountTasks.Query(new TaskFilter { Overdue = true }), ct);
        var series = await mediator.Send(new GetReportSeries.Query(null, null, null, null), ct);
        var form = await mediator.Send(new GetForm.Query(DailyReports.DefaultForm), ct);
        return new(
            [.. (await mediator.Send(new ListPlans.Query(), ct)).Where(plan => plan.Status != PlanStatus.Draft)],
            await mediator.Send(new CountTasks.Query(new TaskFilter()), ct),
            [.. late.ByUnit.Where(unit => unit.Value > 0).OrderByDescending(unit => unit.Value).ThenBy(unit => unit.Key, StringComparer.Ordinal).Take(2 * Lines).Select(unit => (unit.Key, unit.Value))],
            (await mediator.Send(new ListOverdue.Query(new TaskFilter(), null, new Paging(null, Lines)), ct)).Items,
            (await mediator.Send(new ListEvents.Query(null, null, new Paging(null, Lines)), ct)).Items,
            (await mediator.Send(new ListInstructions.Query(null, new Paging(null, Lines)), ct)).Items,
            series.Any(day => day.Expected > 0) ? series : [], form.Figures.FirstOrDefault());
    }
}
