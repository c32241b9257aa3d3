using MediatR;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Workflows;

/// <param name="Id">Null: a new definition, whose id is typed.</param>
/// <param name="Checked">What the check found; null before the first one.</param>
public sealed record EditorModel(string? Id, string Yaml, string Token, ValidateWorkflow.Result? Checked, FormState Form);

/// <summary>Writes a new version of a definition: check as often as wanted, publish once. What was typed always comes back.</summary>
internal static class DefinitionEditor
{
    private const string Form = "f-definition";

    public static bool MayEdit(Visit visit, string kind) => visit.Is(Role.Office) && kind is "process" or "duties";

    public static void MapDefinitionEditor(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/workflows/new", (Visit visit) => visit.Is(Role.Office)
            ? Pages.Show<DefinitionEditorPage>(new EditorModel(null, "", FormMemory.NewToken(), null, new FormState(Form)))
            : Pages.Show<ErrorPage>(new PageProblem(403, "not-allowed", []), StatusCodes.Status403Forbidden));
        pages.MapPost("/workflows/new", (HttpContext http, FormPost form, IMediator mediator, CancellationToken ct) => Take(null, http, form, mediator, ct));
        pages.MapGet("/workflows/{id}/edit", async (string id, IMediator mediator, CancellationToken ct) => Pages.Show<DefinitionEditorPage>(
            await Checked(id, (await mediator.Send(new GetWorkflow.Query(id, null), ct)).Text!, new FormState(Form), mediator, ct)));
        pages.MapPost("/workflows/{id}/edit", (string id, HttpContext http, FormPost form, IMediator mediator, CancellationToken ct) => Take(id, http, form, mediator, ct));
    }

    private static async Task<IResult> Take(string? id, HttpContext http, FormPost form, IMediator mediator, CancellationToken ct)
    {
        var posted = await http.Request.ReadFormAsync(ct);
        var yaml = posted["yaml"].ToString().ReplaceLineEndings("\n");
        if (posted["then"] != "publish")
        {
            return Pages.Show<DefinitionEditorPage>(await Checked(id, yaml, new FormState(Form, posted), mediator, ct));
        }

        return await form.Take(
            http, Form, "done.published",
            async (_, remember) =>
            {
                remember();
                return At(await mediator.Send(new PublishWorkflow.Command(id ?? posted["id"].ToString().Trim(), yaml), ct));
            },
            published => At((WorkflowView)published),
            async refused => Pages.Show<DefinitionEditorPage>(await Checked(id, yaml, refused, mediator, ct), refused.Problem!.Status), ct);
    }

    private static async Task<EditorModel> Checked(string? id, string yaml, FormState form, IMediator mediator, CancellationToken ct)
    {
        var typed = id ?? Blank.ToNull(form.Posted?["id"].ToString().Trim());
        var found = await mediator.Send(new ValidateWorkflow.Query(typed, yaml, Texts.English), ct);
        return new(id, yaml, form.Token, found, form);
    }

    private static string At(WorkflowView published) => $"/workflows/{published.Id}";
}
