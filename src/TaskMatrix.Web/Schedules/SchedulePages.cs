using MediatR;
using TaskMatrix.App.Schedules;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Schedules;

/// <summary>What the list is narrowed to, as its filter form writes it.</summary>
public sealed record SchedulesQuery
{
    public string? Unit { get; init; }

    public string? Q { get; init; }

    /// <summary>paused or running; anything else is both.</summary>
    public string? State { get; init; }

    public ListSchedules.Query ToQuery() => new(null, Blank.ToNull(Unit), Blank.ToNull(Q?.Trim()), State switch { "paused" => true, "running" => false, _ => null });

    public bool Narrowed => ToQuery() != new ListSchedules.Query(null);

    /// <summary>The same list again, after something was done.</summary>
    public string Address => PageAddress.Of("/schedules", ("unit", Unit), ("q", Q), ("state", State));
}

public sealed record SchedulesModel(SchedulesQuery Query, IReadOnlyList<ScheduleView> List, PageForms Forms);

/// <summary>Recurring duties: when next, and for the office pause, resume and run now.</summary>
internal static class SchedulePages
{
    public static readonly string[] Actions = ["pause", "resume", "run-now"];

    /// <summary>Of the form that does something with a duty; a duty's id holds dots.</summary>
    public static string FormOf(string dutyId) => "f-" + dutyId.Replace('.', '-');

    public static void MapSchedulePages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/schedules", async ([AsParameters] SchedulesQuery query, IMediator mediator, CancellationToken ct) =>
            Pages.Show<SchedulesPage>(await List(query, null, mediator, ct)));
        pages.MapPost("/schedules/{dutyId}", Change);
    }

    private static async Task<IResult> Change(string dutyId, HttpContext http, FormPost form, IMediator mediator, CancellationToken ct)
    {
        var posted = await http.Request.ReadFormAsync(ct);
        var action = posted["then"].ToString();
        if (!Actions.Contains(action))
        {
            return Pages.Show<ErrorPage>(new PageProblem(400, "query.unknown-value", ["then", action]), StatusCodes.Status400BadRequest);
        }

        var query = new SchedulesQuery { Unit = posted["unit"], Q = posted["q"], State = posted["state"] };
        return await form.Take(
            http, FormOf(dutyId), "done.schedule-" + action,
            async (_, remember) =>
            {
                remember();
                await mediator.Send(new ChangeSchedule.Command(dutyId, action, Blank.ToNull(posted["reason"].ToString().Trim())), ct);
                return query.Address;
            },
            _ => query.Address,
            async refused => Pages.Show<SchedulesPage>(await List(query, refused, mediator, ct), refused.Problem!.Status), ct);
    }

    private static async Task<SchedulesModel> List(SchedulesQuery query, FormState? refused, IMediator mediator, CancellationToken ct) =>
        new(query, await mediator.Send(query.ToQuery(), ct), new PageForms(refused));
}
