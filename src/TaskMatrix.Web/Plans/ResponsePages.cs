using MediatR;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Plans;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Plans;

/// <param name="Preview">What the end would terminate now; null for those who cannot end it, and when it has ended.</param>
/// <param name="Coverage">Of a draft, for those who may activate it; else null.</param>
/// <param name="Refused">The form that was refused, with what had been typed.</param>
public sealed record ResponseModel(
    PlanView Plan, IReadOnlyList<ResponseChangeView> Changes, GetEndReport.Result Report, PreviewEnd.Result? Preview, Coverage? Coverage, FormState? Refused)
{
    public FormState Form(string action) => Refused?.Id == ResponsePages.FormId(action) ? Refused : new FormState(ResponsePages.FormId(action));
}

/// <summary>启动, 调整, 解除 of a plan's response with its history and the report at its end.</summary>
internal static class ResponsePages
{
    private static readonly string[] Actions = ["activate", "adjust", "end"];

    public static string FormId(string action) => "f-" + action;

    public static void MapResponsePages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/plans/{id}/response", async (string id, string? cursor, IMediator mediator, Visit visit, CancellationToken ct) =>
            Pages.Show<ResponsePage>(await Read(id, cursor, null, mediator, visit, ct)));
        pages.MapPost("/plans/{id}/response/{action}", Change);
    }

    private static async Task<IResult> Change(
        string id, string action, HttpContext http, IMediator mediator, Session session, FormMemory memory, FormDrafts drafts, Visit visit, ProblemWords words, CancellationToken ct)
    {
        if (!Actions.Contains(action))
        {
            return Pages.Show<ErrorPage>(new PageProblem(404, "not-found", ["", ""]), StatusCodes.Status404NotFound);
        }

        var posted = await http.Request.ReadFormAsync(ct);
        var next = $"/plans/{Uri.EscapeDataString(id)}/response";
        try
        {
            session.Answers = memory.Of(http, posted, _ => next);
            drafts.EndWith(posted);
            await mediator.Send(Command(id, action, posted), ct);
            Flash.Tell(http, "done.response-" + action);
        }
        catch (DoneBeforeException)
        {
            // Sent twice: the first one has done it.
        }
        catch (Exception e) when (PageProblem.Of(e, http.TraceIdentifier) is { Status: 400 or 403 or 409 or 503 } problem)
        {
            session.Answers = null;
            drafts.Stay();
            return Pages.Show<ResponsePage>(await Read(id, null, new FormState(FormId(action), posted, problem, words), mediator, visit, ct), problem.Status);
        }

        return Pages.Next(http, next);
    }

    private static IRequest<PlanView> Command(string id, string action, IFormCollection posted) => action switch
    {
        "activate" => new ActivatePlan.Command(id, DateOnly.TryParse(posted["from"], out var from) ? from : null, Level(posted)),
        "adjust" => new AdjustResponse.Command(id, Level(posted) ?? 0, posted["reason"].ToString(), Blank.ToNull(posted["reference"])),
        _ => new EndPlan.Command(id, posted["reason"].ToString()),
    };

    private static int? Level(IFormCollection posted) => int.TryParse(posted["level"], out var level) ? level : null;

    private static async Task<ResponseModel> Read(string id, string? cursor, FormState? refused, IMediator mediator, Visit visit, CancellationToken ct)
    {
        var plan = await mediator.Send(new GetPlan.Query(id), ct);
        var changes = await mediator.Send(new ListResponseChanges.Query(id), ct);
        var report = await mediator.Send(new GetEndReport.Query(id, new Paging(Blank.ToNull(cursor), null)), ct);
        var acts = visit.Is(Role.Office, Role.Leader) && plan.Status == PlanStatus.Active;
        var covered = visit.Is(Role.Office, Role.Leader) && plan.Status == PlanStatus.Draft ? await mediator.Send(new GetCoverage.Query(id), ct) : null;
        return new ResponseModel(plan, changes, report, acts ? await mediator.Send(new PreviewEnd.Query(id), ct) : null, covered, refused);
    }
}
