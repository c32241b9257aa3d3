using MediatR;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Overdue;

/// <param name="Summary">Null for who has nothing to do with tasks.</param>
/// <param name="Inspected">Inspections of the listed tasks that are not closed.</param>
public sealed record OverdueModel(string? Unit, double? MinHours, ListPage<ListOverdue.OverdueTask> List, string? Cursor, GetOverdueSummary.Result? Summary, ILookup<Guid, ListInspectedTasks.Under> Inspected)
{
    public string Address(string? cursor)
    {
        var pairs = new[] { ("unit", Unit), ("minHours", MinHours?.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("cursor", cursor) };
        return "/overdue" + QueryString.Create(pairs.Where(pair => pair.Item2 is not null).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));
    }
}

/// <summary>What is late, the longest first.</summary>
internal static class OverduePages
{
    public static void MapOverduePage(this IEndpointRouteBuilder pages) =>
        pages.MapGet("/overdue", async (string? unit, string? minHours, string? cursor, IMediator mediator, Visit visit, CancellationToken ct) =>
        {
            var hours = double.TryParse(minHours, System.Globalization.CultureInfo.InvariantCulture, out var least) && least >= 0 ? least : (double?)null;
            var filter = new TaskFilter { Unit = Blank.ToNull(unit) };
            var list = await mediator.Send(new ListOverdue.Query(filter, hours, new Paging(Blank.ToNull(cursor), null)), ct);
            var summary = visit.Works ? await mediator.Send(new GetOverdueSummary.Query(), ct) : null;
            var inspected = await mediator.Send(new ListInspectedTasks.Query([.. list.Items.Select(late => late.Task.Id)]), ct);
            return Pages.Show<OverduePage>(new OverdueModel(Blank.ToNull(unit), hours, list, Blank.ToNull(cursor), summary, inspected.ToLookup(under => under.TaskId)));
        });
}
