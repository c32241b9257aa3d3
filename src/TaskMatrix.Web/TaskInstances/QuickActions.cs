using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <param name="Task">Null for one that the visitor may not see.</param>
public sealed record RefusedTask(TaskView? Task, PageProblem Problem);

/// <param name="Back">Where the list stands that they were chosen from.</param>
public sealed record ManyModel(int Done, IReadOnlyList<RefusedTask> Refused, string Back);

/// <summary>Decisions that need no words of their own: taken from a list, for one task with one click or for all that are chosen.</summary>
internal static class QuickActions
{
    /// <summary>Name of the button that is for its own row alone.</summary>
    public const string One = "one";

    /// <summary>零报告: a report that says that there is nothing to report, handed in from the desk.</summary>
    public const string Nil = "nil";

    private static readonly string[] Offered = [TaskActions.Acknowledge, TaskActions.Sign, TaskActions.Approve, TaskActions.DecideExtension, TaskActions.Urge, TaskActions.Reassign, Nil];

    public static void MapQuickActions(this IEndpointRouteBuilder pages) => pages.MapPost("/tasks/many/{action}", Take);

    /// <summary>What came back goes with one click to the unit that was named for it; where none was, somebody chooses one.</summary>
    public static bool May(TaskView task, string action) =>
        task.AllowedActions.Contains(action) && (action != TaskActions.Reassign || task is { State: TaskState.Returned, ProposedUnit: not null });

    public static string Address(string action) => "/tasks/many/" + action;

    private static async Task<IResult> Take(string action, HttpContext http, IMediator mediator, Texts texts, IOptions<JsonOptions> json, CancellationToken ct)
    {
        if (!Offered.Contains(action))
        {
            return Pages.Show<ErrorPage>(new PageProblem(404, "not-found", ["", ""]), StatusCodes.Status404NotFound);
        }

        var form = await http.Request.ReadFormAsync(ct);
        var options = json.Value.SerializerOptions;
        var (done, refused) = await Each(
            Chosen(form),
            async id => await mediator.Send(TaskActionCommands.Of(action == Nil ? TaskActions.Submit : action, id, await Body(action, id, mediator, texts, options, ct), options), ct),
            http.TraceIdentifier);
        var back = Pages.Local(form["returnUrl"]);
        if (refused.Count > 0)
        {
            return Pages.Show<ManyPage>(new ManyModel(done, await Named(refused, mediator, ct), back), done > 0 ? StatusCodes.Status200OK : refused[0].Problem.Status);
        }

        Flash.Tell(http, done == 0 ? "done.many-none" : "done.many", done);
        return Pages.Next(http, back);
    }

    private static async Task<JsonElement> Body(string action, Guid id, IMediator mediator, Texts texts, JsonSerializerOptions options, CancellationToken ct) =>
        JsonSerializer.SerializeToElement<object>(
            action switch
            {
                TaskActions.DecideExtension => new { granted = true, opinion = texts["many.granted"] },
                TaskActions.Reassign => ToProposed(await mediator.Send(new GetTask.Query(id), ct), texts),
                Nil => new { outcome = Texts.Camel(Outcome.NothingToReport), text = texts.Name(Outcome.NothingToReport) },
                _ => new { },
            }, options);

    /// <summary>Of the version that names the unit, so that nothing is given on twice; without a unit the command says what is missing.</summary>
    private static object ToProposed(TaskView task, Texts texts) => new { leadUnit = task.ProposedUnit ?? "", reason = texts["many.reassigned"], expectedVersion = task.Version };

    private static IEnumerable<Guid> Chosen(IFormCollection form) =>
        (form[One].Count > 0 ? form[One] : form["taskIds"]).Where(text => Guid.TryParse(text, out _)).Select(text => Guid.Parse(text!)).Distinct();

    /// <summary>Each on its own: what another one has done meanwhile stops nothing.</summary>
    private static async Task<(int Done, IReadOnlyList<(Guid Id, PageProblem Problem)> Refused)> Each(IEnumerable<Guid> tasks, Func<Guid, Task> act, string trace)
    {
        var (done, refused) = (0, new List<(Guid, PageProblem)>());
        foreach (var id in tasks)
        {
            try
            {
                await act(id);
                done++;
            }
            catch (Exception e) when (e is RuleBrokenException or NotFoundException or ValidationException)
            {
                refused.Add((id, PageProblem.Of(e, trace)));
            }
        }

        return (done, refused);
    }

    /// <summary>As they stand now, which may be why.</summary>
    private static async Task<IReadOnlyList<RefusedTask>> Named(IReadOnlyList<(Guid Id, PageProblem Problem)> refused, IMediator mediator, CancellationToken ct)
    {
        var named = new List<RefusedTask>();
        foreach (var (id, problem) in refused)
        {
            try
            {
                named.Add(new RefusedTask(await mediator.Send(new GetTask.Query(id), ct), problem));
            }
            catch (NotFoundException)
            {
                named.Add(new RefusedTask(null, problem));
            }
        }

        return named;
    }
}
