using System.Globalization;
using MediatR;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <param name="Clauses">Found for what was looked for; the one that was chosen stays among them.</param>
/// <param name="Looked">What was looked for last; null: nothing.</param>
/// <param name="Clause">Chosen in a fresh form.</param>
public sealed record AssignModel(FormState Form, IReadOnlyList<DeadlineChoice> Deadlines, IReadOnlyList<FoundClause> Clauses, string? Looked, string? Clause);

/// <summary>交办 by hand: to one unit or several, with the sentence of the plan it rests on.</summary>
internal static class AssignPages
{
    /// <summary>Names of the fields with which a sentence is looked for.</summary>
    public const string Looked = "clauseQ", Found = "clauseFound", Find = "find";

    private const string FormId = "f-assign";

    /// <summary>Sentences offered at once.</summary>
    private const int MostClauses = 12;

    public static void MapAssignPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/tasks/new", async (string? clause, IMediator mediator, Visit visit, CancellationToken ct) =>
        {
            RequireAssigner(visit);
            var form = new FormState(FormId);
            // Somebody who comes from a sentence of the plan begins anew; otherwise it goes on where the draft was left.
            var typed = visit.Filled(form).Posted;
            return Pages.Show<AssignPage>(await Read(form, Blank.ToNull(typed?[Looked]), Blank.ToNull(typed?["clause"]) ?? Blank.ToNull(clause), mediator, ct));
        });
        pages.MapPost("/tasks/new", Take);
    }

    /// <summary>As the form sends it: the moment where it is meant, else the time until then.</summary>
    public static string Value(DeadlineChoice choice) => choice.Exact ? choice.At.ToString("O", CultureInfo.InvariantCulture) : choice.Key;

    private static async Task<IResult> Take(HttpContext http, FormPost form, IMediator mediator, Visit visit, CancellationToken ct)
    {
        RequireAssigner(visit);
        var posted = await http.Request.ReadFormAsync(ct);
        var looked = Blank.ToNull(posted[Looked]);
        // The enter key sends the first button of a form: with nothing new to look for, it is the task that is meant.
        if (posted.ContainsKey(Find) && looked is not null && looked != Blank.ToNull(posted[Found]))
        {
            return Pages.Show<AssignPage>(await Read(new FormState(FormId, posted), looked, Blank.ToNull(posted["clause"]), mediator, ct));
        }

        return await form.Take(
            http, FormId, posted["draft"] == "true" ? "done.drafted" : "done.assigned",
            async (_, remember) =>
            {
                remember();
                return Next(await mediator.Send(new AssignTasks.Command(Command(posted, visit), posted["leadUnit"].ToString()), ct));
            },
            made => Next((IReadOnlyList<TaskView>)made),
            async refused => Pages.Show<AssignPage>(await Read(refused with { Problem = OfForm(refused.Problem!) }, looked, Blank.ToNull(posted["clause"]), mediator, ct), refused.Problem!.Status), ct);
    }

    /// <summary>The source is one field of the form.</summary>
    private static PageProblem OfForm(PageProblem problem) => problem with
    {
        Fields = [.. problem.Fields.Select(field => field.Field == "source" ? field with { Field = "sourceReference" } : field)],
    };

    /// <summary>The one that was made; the list of those that were made together.</summary>
    private static string Next(IReadOnlyList<TaskView> made) =>
        made is [var task] ? $"/tasks/{task.Id}" : new TaskListQuery { Q = made[0].Title, State = TaskListQuery.All }.Address;

    private static async Task<AssignModel> Read(FormState form, string? looked, string? chosen, IMediator mediator, CancellationToken ct)
    {
        var found = looked is null ? [] : (await mediator.Send(new FindClauses.Query(looked, MostClauses), ct)).ToList();
        if (chosen is not null && found.All(clause => ClauseReference.Of(clause.Plan, clause.ClauseId) != chosen) && await mediator.Send(new GetClause.Query(chosen), ct) is { } kept)
        {
            found.Insert(0, kept);
        }

        return new AssignModel(form, await mediator.Send(new ListDeadlineChoices.Query(), ct), found, looked, chosen);
    }

    private static CreateTask.Command Command(IFormCollection posted, Visit visit)
    {
        var (at, within) = Due(posted, visit);
        return new(
            null, Text(posted, "title") ?? "", Text(posted, "description"), "", [.. posted["coUnits"].OfType<string>().Where(unit => unit.Length > 0)], null, Text(posted, "ackWithin"),
            at, within, posted["reviewRequired"] == "true", posted["signOffRequired"] == "true", posted["evidenceRequired"] == "true", Text(posted, "calendar"),
            new TaskSource(visit.Is(Role.Office) ? Text(posted, "sourceKind") ?? "manual" : "instruction", Text(posted, "sourceReference")),
            posted["draft"] == "true", Text(posted, "clause"));
    }

    /// <summary>A moment that was typed comes before a choice.</summary>
    private static (DateTimeOffset? At, string? Within) Due(IFormCollection posted, Visit visit) => (Text(posted, "dueAt"), Text(posted, "dueIn")) switch
    {
        ({ } typed, _) => (PostedAction.Moment(typed, visit, "dueAt"), null),
        (null, { } choice) when choice.Contains('T') && choice[0] != 'P' && DateTimeOffset.TryParse(choice, CultureInfo.InvariantCulture, out var at) => (at, null),
        (null, var choice) => (null, choice),
    };

    private static string? Text(IFormCollection posted, string field) => Blank.ToNull(posted[field]);

    private static void RequireAssigner(Visit visit)
    {
        if (!visit.Is(Role.Office, Role.Leader))
        {
            throw new RuleBrokenException("task.not-allowed", RuleKind.Forbidden);
        }
    }
}
