using System.Globalization;
using MediatR;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <param name="Tasks">Open and due on this day, the earliest first.</param>
public sealed record CalendarDay(DateOnly Day, IReadOnlyList<TaskView> Tasks);

/// <param name="Month">Its first day.</param>
/// <param name="Weeks">Monday to Sunday; days of the neighbouring months fill the first and the last.</param>
/// <param name="Cut">There are more tasks than a calendar shows.</param>
public sealed record CalendarModel(DateOnly Month, DateOnly Today, IReadOnlyList<IReadOnlyList<CalendarDay>> Weeks, bool Cut);

/// <summary>Deadlines of a month: what the own unit leads, works on or reads; for those who oversee, the jurisdiction's.</summary>
internal static class CalendarPages
{
    /// <summary>Pages of the list that one month reads at most.</summary>
    private const int MostPages = 5;

    public static void MapCalendarPage(this IEndpointRouteBuilder pages) => pages.MapGet("/tasks/calendar", async (string? month, IMediator mediator, Visit visit, CancellationToken ct) =>
        Pages.Show<CalendarPage>(await Read(MonthOf(month, visit), mediator, visit, ct)));

    /// <summary>The first day of the month named (2020-01), of this month where none is.</summary>
    private static DateOnly MonthOf(string? month, Visit visit)
    {
        var now = DateOnly.FromDateTime(visit.Local(visit.Now).DateTime);
        var day = DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var named) && named.Year is > 1900 and < 2999 ? named : now;
        return new DateOnly(day.Year, day.Month, 1);
    }

    private static async Task<CalendarModel> Read(DateOnly month, IMediator mediator, Visit visit, CancellationToken ct)
    {
        var first = month.AddDays(-(((int)month.DayOfWeek + 6) % 7));
        var weeks = (month.AddMonths(1).DayNumber - first.DayNumber + 6) / 7;
        var (from, to) = (visit.FromLocal(first.ToDateTime(TimeOnly.MinValue)), visit.FromLocal(first.AddDays(7 * weeks).ToDateTime(TimeOnly.MinValue)));
        var (tasks, cut) = await Tasks(new TaskFilter { OpenOnly = true, Unit = Own(visit), DueAfter = from.AddTicks(-1), DueBefore = to }, mediator, ct);
        var byDay = tasks.ToLookup(task => DateOnly.FromDateTime(visit.Local(task.DueAt!.Value).DateTime));
        return new(month, DateOnly.FromDateTime(visit.Local(visit.Now).DateTime),
            [.. Enumerable.Range(0, weeks).Select(week => (IReadOnlyList<CalendarDay>)[.. Enumerable.Range(0, 7).Select(day => first.AddDays(7 * week + day)).Select(day => new CalendarDay(day, [.. byDay[day]]))])],
            cut);
    }

    private static async Task<(List<TaskView> Tasks, bool Cut)> Tasks(TaskFilter filter, IMediator mediator, CancellationToken ct)
    {
        var (tasks, cursor) = (new List<TaskView>(), (string?)null);
        for (var page = 0; page < MostPages; page++)
        {
            var list = await mediator.Send(new ListTasks.Query(filter, null, new Paging(cursor, Paging.Most)), ct);
            tasks.AddRange(list.Items);
            if ((cursor = list.NextCursor) is null)
            {
                return (tasks, false);
            }
        }

        return (tasks, true);
    }

    private static string? Own(Visit visit) => visit.Is(Role.Liaison, Role.Head) ? visit.Actor!.Unit : null;
}
