using MediatR;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Web.Reports;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Organisations;

/// <summary>When a duty of a unit comes next.</summary>
/// <param name="Cron">Null where it has no cadence.</param>
/// <param name="Next">Null while it is paused or over.</param>
public sealed record UnitSchedule(string DutyId, string Title, string English, string? Cron, DateTimeOffset? Next, bool Paused);

/// <param name="Duties">That it leads, then those it works on with others.</param>
/// <param name="More">There are more duties than are shown.</param>
/// <param name="Tasks">Its open tasks that the visitor may see, the soonest due first.</param>
/// <param name="Counts">Of what is open or missed, within what the visitor may see.</param>
/// <param name="Reports">What it owes today, by form.</param>
public sealed record UnitModel(
    UnitView Unit, IReadOnlyList<MemberView> Members, IReadOnlyList<DutyView> Duties, bool More, ListPage<TaskView> Tasks, CountTasks.Result Counts,
    IReadOnlyList<(FormDefinition Form, UnitReportView Report)> Reports, IReadOnlyList<UnitSchedule> Schedules);

/// <summary>A unit on one page: who works there, what it has to do by the plan, and how that stands.</summary>
internal static class UnitPages
{
    /// <summary>Tasks on the page at once.</summary>
    private const int Lines = 20;

    public static string Address(string unit) => "/organisation/" + Uri.EscapeDataString(unit);

    public static void MapUnitPage(this IEndpointRouteBuilder pages) =>
        pages.MapGet("/organisation/{id}", async (string id, string? cursor, IMediator mediator, Visit visit, CancellationToken ct) =>
            Pages.Show<UnitPage>(await Read(Find(id, visit), Blank.ToNull(cursor), mediator, visit, ct)));

    /// <exception cref="NotFoundException">No such unit here, or the visitor has nothing to do with tasks.</exception>
    private static UnitView Find(string id, Visit visit) =>
        visit.Works && visit.Units.FirstOrDefault(unit => unit.Id == id) is { } found ? found : throw new NotFoundException("unit", id);

    private static async Task<UnitModel> Read(UnitView unit, string? cursor, IMediator mediator, Visit visit, CancellationToken ct)
    {
        var filter = new TaskFilter { Unit = unit.Id };
        var duties = await mediator.Send(new ListDuties.Query(null, unit.Id, null, null, new Paging(null, Paging.Most)), ct);
        return new UnitModel(
            unit, await mediator.Send(new ListMembers.Query(unit.Id), ct), [.. duties.Items.Where(duty => duty.Raci.LettersOf(unit.Id) is not ("" or "I")).OrderBy(duty => !duty.LeadUnits.Contains(unit.Id))], duties.NextCursor is not null,
            await mediator.Send(new ListTasks.Query(filter with { OpenOnly = true }, null, new Paging(cursor, Lines)), ct),
            await mediator.Send(new CountTasks.Query(filter with { LiveOnly = true }), ct), await UnitReports.Today(unit.Id, mediator, ct), await Schedules(unit.Id, mediator, visit, ct));
    }

    /// <summary>Who oversees sees every cadence, a unit those of its own standing duties.</summary>
    private static async Task<IReadOnlyList<UnitSchedule>> Schedules(string unit, IMediator mediator, Visit visit, CancellationToken ct) => visit.Actor! switch
    {
        { Oversees: true } => [.. (await mediator.Send(new ListSchedules.Query(null, unit), ct))
            .Select(row => new UnitSchedule(row.DutyId, row.Title, row.English, row.Cron, row.Next, row.Paused))],
        var actor when actor.Unit == unit => [.. (await mediator.Send(new ListStanding.Query(unit), ct))
            .Select(line => new UnitSchedule(line.Duty.Id, line.Duty.Title, line.Duty.English, line.Duty.Schedule?.Cron, line.NextAt, line.Paused))],
        _ => [],
    };
}
