using System.Globalization;
using MediatR;
using TaskMatrix.App.Schedules;
using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Schedules;

/// <summary>演练: moving the clock from the bar that stands on every page.</summary>
internal static class ExercisePages
{
    public static void MapExercisePages(this IEndpointRouteBuilder pages) => pages.MapPost("/exercise/advance", Advance);

    /// <summary>The form names the time it was shown at, so sent twice it advances once.</summary>
    private static async Task<IResult> Advance(HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var (by, next) = (form["by"].ToString(), Pages.Local(form["returnUrl"]));
        var target = Deadline.ParseDuration(by) is { } span && DateTimeOffset.TryParse(form["from"], CultureInfo.InvariantCulture, out var from)
            ? from + span
            : (DateTimeOffset?)null;
        try
        {
            var result = await mediator.Send(new AdvanceExercise.Command(target is null ? by : null, target), ct);
            Flash.Tell(http, "done.advanced", result.Fired.Occurrences, result.Fired.Timers);
        }
        catch (RuleBrokenException back) when (back.Code == "exercise.back-in-time")
        {
            Flash.Tell(http, "done.advanced-before");
        }

        return Pages.Next(http, next);
    }
}
