using MediatR;
using TaskMatrix.App.Workflows;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Workflows;

/// <param name="Newest">Number of the newest version.</param>
/// <param name="Drawing">Null for what is no process.</param>
/// <param name="Standing">Where its open tasks stand, by version; empty for what is no process and for one task's run.</param>
/// <param name="Running">Open tasks by the version they keep; null for what no task keeps, and for those who do not oversee them.</param>
public sealed record WorkflowModel(
    WorkflowView Workflow, int Newest, DrawWorkflow.Drawing? Drawing, IReadOnlyList<GetWorkflowStanding.VersionStanding> Standing, bool MarksTask, bool MayPublish,
    IReadOnlyList<RunningVersion>? Running);

/// <summary>The definitions an office works by: the list, and one with its diagram and text.</summary>
internal static class WorkflowPages
{
    /// <summary>Kinds in the list; plans and organisations have pages of their own.</summary>
    public static readonly IReadOnlyList<string> Listed = ["process", "duties", "escalation", "form", "calendar", "events"];

    public static void MapWorkflowPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/workflows", async (IMediator mediator, CancellationToken ct) =>
            Pages.Show<WorkflowsPage>((await mediator.Send(new ListWorkflows.Query(), ct)).Where(row => Listed.Contains(row.Kind)).ToLookup(row => row.Kind)));
        pages.MapGet("/workflows/{id}", async (string id, int? version, Guid? task, Visit visit, IMediator mediator, CancellationToken ct) =>
            Pages.Show<WorkflowPage>(await One(id, version, task, visit, mediator, ct)));
        pages.MapDefinitionEditor();
    }

    private static async Task<WorkflowModel> One(string id, int? version, Guid? task, Visit visit, IMediator mediator, CancellationToken ct)
    {
        var newest = await mediator.Send(new GetWorkflow.Query(id, null), ct);
        var shown = version is null || version == newest.Version ? newest : await mediator.Send(new GetWorkflow.Query(id, version), ct);
        var process = newest.Kind == "process";
        return new(
            shown, newest.Version,
            process ? await mediator.Send(new DrawWorkflow.Query(id, task, Texts.English, shown.Version, Standing: task is null), ct) : null,
            process && task is null ? await mediator.Send(new GetWorkflowStanding.Query(id), ct) : [],
            task is not null, DefinitionEditor.MayEdit(visit, newest.Kind),
            newest.Kind is "process" or "duties" && task is null && visit.Actor!.Oversees ? await mediator.Send(new CountRunning.Query(id), ct) : null);
    }
}
