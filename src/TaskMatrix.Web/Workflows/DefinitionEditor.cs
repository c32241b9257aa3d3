using System.Globalization;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Workflows;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Workflows;

/// <param name="Id">Null: a new definition, whose id is typed.</param>
/// <param name="BasedOn">Version that was in force when the editing began; null for a new definition.</param>
/// <param name="Checked">What the check found; null before the first one.</param>
/// <param name="Diff">What publishing would change; null for a new definition.</param>
/// <param name="Running">Open tasks that would keep the version they have; null for a new definition.</param>
public sealed record EditorModel(
    string? Id, string Yaml, int? BasedOn, string Token, ValidateWorkflow.Result? Checked, IReadOnlyList<DiffLine>? Diff, IReadOnlyList<RunningVersion>? Running, FormState Form)
{
    /// <summary>Id that a new definition may have; null: none is at hand.</summary>
    public string? Suggested { get; init; }
}

/// <summary>Writes a new version of a definition: check as often as wanted, publish once. What was typed always comes back.</summary>
internal static class DefinitionEditor
{
    private const string Form = "f-definition";

    public static bool MayEdit(Visit visit, string kind) => visit.Is(Role.Office) && kind is "process" or "duties";

    public static void MapDefinitionEditor(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/workflows/new", async (string? plan, Visit visit, IMediator mediator, CancellationToken ct) => visit.Is(Role.Office)
            ? Pages.Show<DefinitionEditorPage>(new EditorModel(null, await Begin(plan, mediator, ct), null, FormMemory.NewToken(), null, null, null, new FormState(Form))
            {
                Suggested = Blank.ToNull(plan) is { } made ? DutyTemplate.FileOf(visit.Actor!.Jurisdiction, made) : null,
            })
            : Pages.Show<ErrorPage>(new PageProblem(403, "not-allowed", []), StatusCodes.Status403Forbidden));
        pages.MapPost("/workflows/new", (HttpContext http, FormPost form, IMediator mediator, CancellationToken ct) => Take(null, http, form, mediator, ct));
        pages.MapGet("/workflows/{id}/edit", async (string id, IMediator mediator, CancellationToken ct) =>
        {
            var newest = await mediator.Send(new GetWorkflow.Query(id, null), ct);
            return Pages.Show<DefinitionEditorPage>(await Checked(id, newest.Text!, newest.Version, new FormState(Form), mediator, ct));
        });
        pages.MapPost("/workflows/{id}/edit", (string id, HttpContext http, FormPost form, IMediator mediator, CancellationToken ct) => Take(id, http, form, mediator, ct));
    }

    private static async Task<string> Begin(string? plan, IMediator mediator, CancellationToken ct)
    {
        if (Blank.ToNull(plan) is not { } id)
        {
            return "";
        }

        var covered = await mediator.Send(new GetCoverage.Query(id), ct);
        return DutyTemplate.Of(await mediator.Send(new GetPlan.Query(id), ct), await mediator.Send(new ListClauses.Query(id), ct), covered);
    }

    private static async Task<IResult> Take(string? id, HttpContext http, FormPost form, IMediator mediator, CancellationToken ct)
    {
        var posted = await http.Request.ReadFormAsync(ct);
        var yaml = posted["yaml"].ToString().ReplaceLineEndings("\n");
        var basedOn = int.TryParse(posted["basedOn"], CultureInfo.InvariantCulture, out var seen) ? seen : (int?)null;
        if (posted["then"] != "publish")
        {
            return Pages.Show<DefinitionEditorPage>(await Checked(id, yaml, basedOn, new FormState(Form, posted), mediator, ct));
        }

        return await form.Take(
            http, Form, "done.published",
            async (_, remember) =>
            {
                remember();
                return At(await mediator.Send(new PublishWorkflow.Command(id ?? posted["id"].ToString().Trim(), yaml, basedOn), ct));
            },
            published => At((WorkflowView)published),
            async refused => Pages.Show<DefinitionEditorPage>(await Checked(id, yaml, basedOn, refused, mediator, ct), refused.Problem!.Status), ct);
    }

    private static async Task<EditorModel> Checked(string? id, string yaml, int? basedOn, FormState form, IMediator mediator, CancellationToken ct)
    {
        var typed = id ?? Blank.ToNull(form.Posted?["id"].ToString().Trim());
        var found = await mediator.Send(new ValidateWorkflow.Query(typed, yaml, Texts.English), ct);
        var (diff, running) = id is null ? (null, null) : await Consequences(id, yaml, basedOn, mediator, ct);
        return new(id, yaml, basedOn, form.Token, found, diff, running, form);
    }

    private static async Task<(IReadOnlyList<DiffLine>?, IReadOnlyList<RunningVersion>?)> Consequences(string id, string yaml, int? basedOn, IMediator mediator, CancellationToken ct)
    {
        try
        {
            var old = await mediator.Send(new GetWorkflow.Query(id, basedOn), ct);
            return (LineDiff.Changes(old.Text!, yaml), await mediator.Send(new CountRunning.Query(id), ct));
        }
        catch (NotFoundException) when (basedOn is not null)
        {
            // A version that was made up: there is nothing to compare with, and publishing is refused.
            return (null, null);
        }
    }

    private static string At(WorkflowView published) => $"/workflows/{published.Id}";
}
