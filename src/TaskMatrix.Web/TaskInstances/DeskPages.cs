using MediatR;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Organisations;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>A figure of the day and the list behind it.</summary>
/// <param name="Late">Counts what is overdue, so it may be red.</param>
public sealed record DeskFigure(string Key, int Count, string Address, bool Late = false);

/// <param name="First">What this person deals with first, at most a few.</param>
public sealed record DeskModel(IReadOnlyList<DeskFigure> Figures, string FirstKey, IReadOnlyList<TaskView> First, IReadOnlyList<TaskView> Next, IReadOnlyList<ReceiptView> ToRead);

/// <summary>The first page: what needs me, in figures and as the first lines of the lists.</summary>
internal static class DeskPages
{
    private const int Lines = 10;

    public static void MapDesk(this IEndpointRouteBuilder pages) => pages.MapGet("/", Show);

    private static async Task<IResult> Show(Visit visit, IMediator mediator, CancellationToken ct)
    {
        if (!visit.Works)
        {
            return Pages.Show<AdministratorDesk>(visit.Actor!);
        }

        var counts = await mediator.Send(new CountTasks.Query(new TaskFilter { Unit = Own(visit) }), ct);
        var (key, first) = First(visit);
        return Pages.Show<DeskPage>(new DeskModel(
            [.. Figures(counts, Own(visit) is { } own ? "&unit=" + own : ""), .. await Inspections(mediator, ct)], key, Mine(await UrgentFirst(mediator, new TaskFilter { State = first, Unit = Own(visit) }, ct), visit),
            Mine(await UrgentFirst(mediator, new TaskFilter { State = TaskState.InProgress, Unit = Own(visit), DueAfter = visit.Now }, ct), visit), await ToRead(mediator, visit, ct)));
    }

    private static (string Key, TaskState State) First(Visit visit) => visit switch
    {
        _ when visit.Is(Role.Office) => ("desk.to-review", TaskState.PendingReview),
        _ when visit.Is(Role.Head) => ("desk.to-sign", TaskState.PendingSignOff),
        _ when visit.Is(Role.Liaison) => ("desk.to-acknowledge", TaskState.PendingAck),
        _ => ("desk.returned", TaskState.Returned),
    };

    private static IEnumerable<DeskFigure> Figures(CountTasks.Result counts, string ofUnit)
    {
        int Of(TaskState state) => counts.ByState.GetValueOrDefault(state);
        yield return new DeskFigure("desk.overdue", counts.Overdue, "/overdue" + ofUnit.Replace('&', '?'), Late: true);
        yield return new DeskFigure("state.pendingAck", Of(TaskState.PendingAck), "/tasks?state=pendingAck" + ofUnit);
        yield return new DeskFigure("state.inProgress", Of(TaskState.InProgress), "/tasks?state=inProgress" + ofUnit);
        yield return new DeskFigure("state.pendingSignOff", Of(TaskState.PendingSignOff), "/tasks?state=pendingSignOff" + ofUnit);
        yield return new DeskFigure("state.pendingReview", Of(TaskState.PendingReview), "/tasks?state=pendingReview" + ofUnit);
        yield return new DeskFigure("state.returned", Of(TaskState.Returned), "/tasks?state=returned" + ofUnit);
        yield return new DeskFigure("light.blue", counts.ByLight.GetValueOrDefault(Light.Blue), "/tasks?light=blue" + ofUnit);
        yield return new DeskFigure("state.closed", Of(TaskState.Closed), "/tasks?state=closed" + ofUnit);
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

    /// <summary>What the own unit leads; where it only works along, somebody else deals with it first.</summary>
    private static IReadOnlyList<TaskView> Mine(IReadOnlyList<TaskView> tasks, Visit visit) =>
        [.. tasks.Where(task => Own(visit) is not { } own || task.LeadUnit == own).Take(Lines)];

    /// <summary>待阅 of the own unit; for the office's staff and leaders of theirs.</summary>
    private static async Task<IReadOnlyList<ReceiptView>> ToRead(IMediator mediator, Visit visit, CancellationToken ct) =>
        visit.Actor!.ReadsFor(visit.Actor.Unit) ? (await mediator.Send(new ListReceipts.Query(visit.Actor.Unit, new Paging(null, Lines)), ct)).Items : [];

    private static async Task<IReadOnlyList<TaskView>> UrgentFirst(IMediator mediator, TaskFilter filter, CancellationToken ct) =>
        [.. await List(mediator, filter with { Urgent = true }, ct), .. await List(mediator, filter with { Urgent = false }, ct)];

    private static async Task<IReadOnlyList<TaskView>> List(IMediator mediator, TaskFilter filter, CancellationToken ct) =>
        (await mediator.Send(new ListTasks.Query(filter, null, new Paging(null, 5 * Lines)), ct)).Items;
}
