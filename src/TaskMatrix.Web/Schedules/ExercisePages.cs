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
    /// <summary>Instead of a duration: to the end of office hours, the next one ahead.</summary>
    public const string EndOfDay = "17h00";

    public static void MapExercisePages(this IEndpointRouteBuilder pages) => pages.MapPost("/exercise/advance", Advance);

    /// <summary>The form names the time it was shown at, so sent twice it advances once.</summary>
    private static async Task<IResult> Advance(HttpContext http, Visit visit, IMediator mediator, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var (by, next) = (form["by"].ToString(), Pages.Local(form["returnUrl"]));
        var target = DateTimeOffset.TryParse(form["from"], CultureInfo.InvariantCulture, out var from)
            ? by == EndOfDay ? NextEndOfDay(from, visit) : Deadline.ParseDuration(by) is { } span ? from + span : (DateTimeOffset?)null
            : null;
        try
        {
            var result = await mediator.Send(new AdvanceExercise.Command(target is null ? by : null, target), ct);
            Flash.Tell(http, "done.advanced", result.Fired.Occurrences, result.Fired.Timers, result.Fired.Escalations);
        }
        catch (RuleBrokenException back) when (back.Code == "exercise.back-in-time")
        {
            Flash.Tell(http, "done.advanced-before");
        }

        return Pages.Next(http, next);
    }

    private static DateTimeOffset NextEndOfDay(DateTimeOffset from, Visit visit)
    {
        var end = visit.Local(from).Date.AddHours(17);
        return visit.FromLocal(visit.FromLocal(end) > from ? end : end.AddDays(1));
    }
}
