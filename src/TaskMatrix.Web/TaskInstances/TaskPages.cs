using MediatR;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>The list of tasks and a task with its actions, as pages and plain forms.</summary>
internal static class TaskPages
{
    public static void MapTaskPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/tasks", List);
        pages.MapQuickActions();
        pages.MapGet("/tasks/{id:guid}", async (Guid id, string? asOf, TaskPageReader reader, Visit visit, CancellationToken ct) =>
            Pages.Show<TaskPage>(await reader.Read(id, null, ct, AsOf.Of(asOf, visit))));
        foreach (var kind in new[] { "xlsx", "csv" })
        {
            pages.MapGet("/tasks/ledger." + kind, ([AsParameters] TaskListQuery query, LedgerFile ledger, Visit visit, HttpContext http, CancellationToken ct) => ledger.Write(query.ToFilter(visit), kind, http, ct)).IsCostly();
        }

        pages.MapGet("/tasks/{id:guid}/closing.docx", (Guid id, ClosingNotice notice, HttpContext http, CancellationToken ct) => notice.Write(id, http, ct));
        pages.MapPost("/tasks/{id:guid}/{action}", Act);
        pages.MapGet("/attachments/{id:guid}", async (Guid id, IMediator mediator, HttpContext http, CancellationToken ct) =>
            AttachmentEndpoints.Download(await mediator.Send(new DownloadAttachment.Query(id), ct), http));
        pages.MapCalendarPage();
        pages.MapAssignPages();
    }

    private static async Task<IResult> List([AsParameters] TaskListQuery query, IMediator mediator, Visit visit, CancellationToken ct)
    {
        // Somebody of a unit who also reads the office's lists begins with the own unit, unless the filter says all.
        query = query.Unit is null && query.Duty is null && visit.Actor!.Oversees && visit.Is(Role.Liaison, Role.Head) ? query with { Unit = visit.Actor.Unit } : query;
        var list = await mediator.Send(new ListTasks.Query(query.ToFilter(visit), null, new Paging(Blank.ToNull(query.Cursor), null)), ct);
        var counts = await mediator.Send(new CountTasks.Query(query.ToFilter(visit)), ct);
        return Pages.Show<TaskListPage>(new TaskListModel(query, list, counts.Total));
    }

    private static async Task<IResult> Act(
        Guid id, string action, HttpContext http, IMediator mediator, TaskPageReader reader, PostedFiles uploads, FormDrafts drafts, Visit visit, Texts texts, IOptions<JsonOptions> json, CancellationToken ct)
    {
        if (TaskActionForm.Find(action) is not { } form)
        {
            return Pages.Show<ErrorPage>(new PageProblem(404, "not-found", ["", ""]), StatusCodes.Status404NotFound);
        }

        var posted = await http.Request.ReadFormAsync(ct);
        var files = new List<string>();
        try
        {
            files.AddRange(form.TakesFiles ? await uploads.Store(posted, ct) : []);
            var report = await reader.ReportForm(id, ct);
            drafts.EndWith(posted);
            await mediator.Send(TaskActionCommands.Of(action, id, PostedAction.Body(form, posted, report, files, visit, texts), json.Value.SerializerOptions), ct);
        }
        catch (Exception e) when (PageProblem.Of(e, http.TraceIdentifier) is { Status: 400 or 403 or 409 or 413 or 503 } problem)
        {
            drafts.Stay();
            if (problem.Code == "task.version-conflict" && await reader.WasDoneByMe(id, action, posted, ct))
            {
                return Pages.Next(http, $"/tasks/{id}");
            }

            return Pages.Show<TaskPage>(await reader.Read(id, new RefusedAction(action, PostedFiles.Keep(posted, files), problem), ct), problem.Status);
        }

        Flash.Tell(http, "done." + action);
        return Pages.Next(http, Blank.ToNull(posted["returnUrl"]) is { } back ? Pages.Local(back) : $"/tasks/{id}");
    }
}
