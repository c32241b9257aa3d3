using MediatR;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Overdue;

/// <param name="State">due, failed or dead.</param>
/// <param name="Health">The heartbeat of this node.</param>
public sealed record JobsModel(string State, ListPage<JobView> List, GetJobSummary.Result Summary, SweepHealth Health);

/// <summary>后台作业: the queues in figures, what runs, and timers and deliveries that wait, failed or were set aside, with another try.</summary>
internal static class JobPages
{
    public static readonly string[] States = ["due", "failed", "dead"];

    public static void MapJobPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/jobs", async (string? state, string? cursor, SweepHealth health, IMediator mediator, CancellationToken ct) => Pages.Show<JobsPage>(new JobsModel(
            Blank.ToNull(state) ?? "due", await mediator.Send(new ListJobs.Query(Blank.ToNull(state), new Paging(Blank.ToNull(cursor), null)), ct),
            await mediator.Send(new GetJobSummary.Query(), ct), health)));
        pages.MapPost("/jobs/{id:guid}/retry", async (Guid id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new RetryJob.Command(id), ct);
            Flash.Tell(http, "done.job-retry");
            return Pages.Next(http, Pages.Local((await http.Request.ReadFormAsync(ct))["returnUrl"]));
        });
        pages.MapPost("/jobs/retry", async (HttpContext http, IMediator mediator, CancellationToken ct) =>
        {
            var state = (await http.Request.ReadFormAsync(ct))["state"].ToString();
            Flash.Tell(http, "done.jobs-retry", await mediator.Send(new RetryJobs.Command(state), ct));
            return Pages.Next(http, "/jobs?state=" + Uri.EscapeDataString(state));
        });
    }
}
