using MediatR;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <param name="Token">Of this form: sent twice, it makes one task.</param>
public sealed record AssignModel(string Token, FormState Form);

/// <summary>交办 by hand.</summary>
internal static class AssignPages
{
    private const string FormId = "f-assign";

    public static void MapAssignPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/tasks/new", (Visit visit) =>
        {
            RequireAssigner(visit);
            return Pages.Show<AssignPage>(new AssignModel(FormMemory.NewToken(), new FormState(FormId)));
        });
        pages.MapPost("/tasks/new", Assign);
    }

    private static async Task<IResult> Assign(
        HttpContext http, IMediator mediator, Session session, FormMemory memory, Visit visit, ProblemWords words, CancellationToken ct)
    {
        var posted = await http.Request.ReadFormAsync(ct);
        try
        {
            session.Answers = memory.Of(http, posted, made => $"/tasks/{((TaskView)made).Id}");
            var task = await mediator.Send(Command(posted, visit), ct);
            Flash.Tell(http, posted["draft"] == "true" ? "done.drafted" : "done.assigned");
            return Pages.Next(http, $"/tasks/{task.Id}");
        }
        catch (DoneBeforeException done)
        {
            return Pages.Next(http, done.Address);
        }
        catch (Exception e) when (PageProblem.Of(e, http.TraceIdentifier) is { Status: 400 or 403 or 409 or 503 } problem)
        {
            return Pages.Show<AssignPage>(new AssignModel(posted[FormMemory.Field].ToString(), new FormState(FormId, posted, OfForm(problem), words)), problem.Status);
        }
    }

    /// <summary>The source is one field of the form.</summary>
    private static PageProblem OfForm(PageProblem problem) => problem with
    {
        Fields = [.. problem.Fields.Select(field => field.Field == "source" ? field with { Field = "sourceReference" } : field)],
    };

    private static CreateTask.Command Command(IFormCollection posted, Visit visit) => new(
        null, Text(posted, "title") ?? "", Text(posted, "description"), Text(posted, "leadUnit") ?? "",
        [.. posted["coUnits"].OfType<string>().Where(unit => unit.Length > 0)], null, Text(posted, "ackWithin"),
        PostedAction.Moment(Text(posted, "dueAt"), visit), Text(posted, "dueAt") is null ? Text(posted, "dueIn") : null,
        posted["reviewRequired"] == "true", posted["signOffRequired"] == "true", posted["evidenceRequired"] == "true", Text(posted, "calendar"),
        new TaskSource(visit.Is(Engine.Organisations.Role.Office) ? Text(posted, "sourceKind") ?? "manual" : "instruction", Text(posted, "sourceReference")),
        posted["draft"] == "true");

    private static string? Text(IFormCollection posted, string field) => Blank.ToNull(posted[field]);

    private static void RequireAssigner(Visit visit)
    {
        if (!visit.Is(Engine.Organisations.Role.Office, Engine.Organisations.Role.Leader))
        {
            throw new RuleBrokenException("task.not-allowed", RuleKind.Forbidden);
        }
    }
}
