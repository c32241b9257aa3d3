using MediatR;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Schedules;

/// <summary>Recurring duties: when next, and for the office pause, resume and run now.</summary>
internal static class SchedulePages
{
    private static readonly string[] Actions = ["pause", "resume", "run-now"];

    public static void MapSchedulePages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/schedules", async (IMediator mediator, CancellationToken ct) =>
            Pages.Show<SchedulesPage>(await mediator.Send(new ListSchedules.Query(null), ct)));
        pages.MapPost("/schedules/{dutyId}/{action}", Change);
    }

    private static async Task<IResult> Change(
        string dutyId, string action, HttpContext http, IMediator mediator, Session session, FormMemory memory, CancellationToken ct)
    {
        if (!Actions.Contains(action))
        {
            return Pages.Show<ErrorPage>(new PageProblem(404, "not-found", ["", ""]), StatusCodes.Status404NotFound);
        }

        try
        {
            session.Answers = memory.Of(http, await http.Request.ReadFormAsync(ct), _ => "/schedules");
            await mediator.Send(new ChangeSchedule.Command(dutyId, action), ct);
            Flash.Tell(http, "done.schedule-" + action);
        }
        catch (DoneBeforeException)
        {
            // Sent twice: the first one has done it.
        }

        return Pages.Next(http, "/schedules");
    }
}
