using MediatR;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Web.Organisations;
using TaskMatrix.Web.Reports;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>A figure of the day and the list behind it.</summary>
/// <param name="Late">Counts what is overdue, so it may be red.</param>
/// <param name="Missed">Of what is overdue, how much was not reported and so is not among the open tasks.</param>
public sealed record DeskFigure(string Key, int Count, string Address, bool Late = false, int Missed = 0);

/// <param name="Key">Of its heading; also the id of its form.</param>
/// <param name="Quick">What can be decided at once; null where each wants to be opened.</param>
/// <param name="Address">Of the whole list.</param>
public sealed record DeskList(string Key, string? Quick, string Address, IReadOnlyList<TaskView> Tasks);

/// <param name="Lists">In the order they are to be dealt with; only the first is shown when it is empty.</param>
/// <param name="Reports">Today's, for whoever urges them; null where none is expected.</param>
/// <param name="Series">The days up to today, drawn beside <paramref name="Reports"/>.</param>
/// <param name="OwnReports">What the own unit owes today, by form.</param>
/// <param name="Standing">Standing duties of the own unit.</param>
/// <param name="Drafts">The newest of what was begun and not sent.</param>
public sealed record DeskModel(
    IReadOnlyList<DeskFigure> Figures, IReadOnlyList<DeskList> Lists, IReadOnlyList<ReceiptView> ToRead, DailyReportView? Reports, IReadOnlyList<ReportDayView> Series,
    IReadOnlyList<(FormDefinition Form, UnitReportView Report)> OwnReports, IReadOnlyList<StandingView> Standing, IReadOnlyList<DraftView> Drafts);

/// <summary>The first page: what needs me, in figures and as the first lines of the lists.</summary>
internal static class DeskPages
{
    private const int Lines = 10, MostDrafts = 5;

    public static void MapDesk(this IEndpointRouteBuilder pages) => pages.MapGet("/", Show);

    private static async Task<IResult> Show(Visit visit, IMediator mediator, CancellationToken ct)
    {
        if (!visit.Works)
        {
            return Pages.Show<AdministratorDesk>(visit.Actor!);
        }

        var counts = await mediator.Send(new CountTasks.Query(new TaskFilter { Unit = Own(visit) }), ct);
        var lists = new List<DeskList>();
        foreach (var (key, quick, address, filter) in DeskLists.Of(visit))
        {
            // What the own unit leads; where it only works along, somebody else deals with it first.
            lists.Add(new DeskList(key, quick, address, await UrgentFirst(mediator, filter with { Unit = Own(visit), LeadsOnly = Own(visit) is not null }, ct)));
        }

        await visit.AlsoDraftsOf([.. lists.Where(list => RowReply.To(list.Quick) is not null).SelectMany(list => list.Tasks).Select(RowReply.PageOf)], ct);
        var reports = visit.Is(Role.Office) ? await mediator.Send(new GetDailyReport.Query(null, null, null), ct) : null;
        return Pages.Show<DeskPage>(new DeskModel(
            [.. DeskLists.Figures(counts, Own(visit) is { } own ? "&unit=" + own : ""), .. await Inspections(mediator, ct)], lists, await ToRead(mediator, visit, ct),
            reports is { Expected: > 0 } ? reports : null, reports is { Expected: > 0 } ? await mediator.Send(new GetReportSeries.Query(null, null, null, null), ct) : [],
            Own(visit) is { } unit ? await UnitReports.Today(unit, mediator, ct) : [], Own(visit) is null ? [] : await mediator.Send(new ListStanding.Query(), ct), await mediator.Send(new ListDrafts.Query(MostDrafts), ct)));
    }

    /// <summary>Inspections that wait for somebody, of those that this person may know of; nothing for who has none.</summary>
    private static async Task<IEnumerable<DeskFigure>> Inspections(IMediator mediator, CancellationToken ct)
    {
        var counts = await mediator.Send(new CountInspections.Query(), ct);
        return counts.ByState.Count == 0 ? [] :
        [
            new DeskFigure("desk.inspections", counts.ByState.Where(state => state.Key is not InspectionState.Closed).Sum(state => state.Value), "/inspections"),
            new DeskFigure("inspections.answers-overdue", counts.AnswersOverdue, "/inspections?state=ordered", Late: true),
        ];
    }

    /// <summary>Heads who also sit in the office see their own unit's work here; the lists show the rest.</summary>
    private static string? Own(Visit visit) => visit.Is(Role.Liaison, Role.Head) ? visit.Actor!.Unit : null;

    /// <summary>待阅 of the own unit; for the office's staff and leaders of theirs.</summary>
    private static async Task<IReadOnlyList<ReceiptView>> ToRead(IMediator mediator, Visit visit, CancellationToken ct) =>
        visit.Actor!.ReadsFor(visit.Actor.Unit) ? (await mediator.Send(new ListReceipts.Query(visit.Actor.Unit, new Paging(null, Lines)), ct)).Items : [];

    private static async Task<IReadOnlyList<TaskView>> UrgentFirst(IMediator mediator, TaskFilter filter, CancellationToken ct)
    {
        var urgent = await List(mediator, filter with { Urgent = true }, Lines, ct);
        return urgent.Count == Lines ? urgent : [.. urgent, .. await List(mediator, filter with { Urgent = false }, Lines - urgent.Count, ct)];
    }

    private static async Task<IReadOnlyList<TaskView>> List(IMediator mediator, TaskFilter filter, int most, CancellationToken ct) =>
        (await mediator.Send(new ListTasks.Query(filter, null, new Paging(null, most)), ct)).Items;
}
