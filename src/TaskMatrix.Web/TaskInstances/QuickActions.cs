using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using TaskMatrix.App.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>Decisions that need no words of their own: taken from a list, for one task with one click or for all that are chosen.</summary>
internal static class QuickActions
{
    /// <summary>Name of the button that is for its own row alone.</summary>
    public const string One = "one";

    /// <summary>零报告: a report that says that there is nothing to report, handed in from the desk.</summary>
    public const string Nil = "nil";

    private static readonly string[] Offered = [TaskActions.Acknowledge, TaskActions.Sign, TaskActions.Approve, TaskActions.DecideExtension, TaskActions.Urge, Nil];

    public static void MapQuickActions(this IEndpointRouteBuilder pages) => pages.MapPost("/tasks/many/{action}", Take);

    public static string Address(string action) => "/tasks/many/" + action;

    private static async Task<IResult> Take(string action, HttpContext http, IMediator mediator, Texts texts, IOptions<JsonOptions> json, CancellationToken ct)
    {
        if (!Offered.Contains(action))
        {
            return Pages.Show<ErrorPage>(new PageProblem(404, "not-found", ["", ""]), StatusCodes.Status404NotFound);
        }

        var form = await http.Request.ReadFormAsync(ct);
        var options = json.Value.SerializerOptions;
        var (taken, body) = (action == Nil ? TaskActions.Submit : action, Body(action, texts, options));
        var (done, refused) = await Each(Chosen(form), id => mediator.Send(TaskActionCommands.Of(taken, id, body, options), ct));
        Flash.Tell(http, (done, refused) switch { (0, 0) => "done.many-none", (_, 0) => "done.many", _ => "done.many-some" }, done, refused);
        return Pages.Next(http, Pages.Local(form["returnUrl"]));
    }

    private static JsonElement Body(string action, Texts texts, JsonSerializerOptions options) => JsonSerializer.SerializeToElement<object>(
        action switch
        {
            TaskActions.DecideExtension => new { granted = true, opinion = texts["many.granted"] },
            Nil => new { outcome = Texts.Camel(Outcome.NothingToReport), text = texts.Name(Outcome.NothingToReport) },
            _ => new { },
        }, options);

    private static IEnumerable<Guid> Chosen(IFormCollection form) =>
        (form[One].Count > 0 ? form[One] : form["taskIds"]).Where(text => Guid.TryParse(text, out _)).Select(text => Guid.Parse(text!)).Distinct();

    /// <summary>Each on its own: what another one has done meanwhile stops nothing.</summary>
    private static async Task<(int Done, int Refused)> Each(IEnumerable<Guid> tasks, Func<Guid, Task> act)
    {
        var (done, refused) = (0, 0);
        foreach (var id in tasks)
        {
            try
            {
                await act(id);
                done++;
            }
            catch (Exception e) when (e is RuleBrokenException or NotFoundException or ValidationException)
            {
                refused++;
            }
        }

        return (done, refused);
    }
}
