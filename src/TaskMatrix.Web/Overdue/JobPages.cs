using MediatR;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Overdue;

/// <param name="State">due, failed or dead.</param>
public sealed record JobsModel(string State, ListPage<JobView> List);

/// <summary>后台作业: timers and deliveries that wait, failed or were set aside, with another try.</summary>
internal static class JobPages
{
    public static readonly string[] States = ["due", "failed", "dead"];

    public static void MapJobPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/jobs", async (string? state, string? cursor, IMediator mediator, CancellationToken ct) =>
            Pages.Show<JobsPage>(new JobsModel(Blank.ToNull(state) ?? "due", await mediator.Send(new ListJobs.Query(Blank.ToNull(state), new Paging(Blank.ToNull(cursor), null)), ct))));
        pages.MapPost("/jobs/{id:guid}/retry", async (Guid id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new RetryJob.Command(id), ct);
            Flash.Tell(http, "done.job-retry");
            return Pages.Next(http, Pages.Local((await http.Request.ReadFormAsync(ct))["returnUrl"]));
        });
    }
}
