using MediatR;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Overdue;

/// <param name="Summary">Null for who has nothing to do with tasks.</param>
/// <param name="Inspected">Inspections of the listed tasks that are not closed.</param>
/// <param name="Counts">Of the list, on all its pages.</param>
public sealed record OverdueModel(
    OverdueQuery Query, ListPage<ListOverdue.OverdueTask> List, CountOverdue.Result Counts, GetOverdueSummary.Result? Summary, ILookup<Guid, ListInspectedTasks.Under> Inspected);

/// <summary>What is late, the longest first.</summary>
internal static class OverduePages
{
    public static void MapOverduePage(this IEndpointRouteBuilder pages) =>
        pages.MapGet("/overdue", async ([AsParameters] OverdueQuery query, IMediator mediator, Visit visit, CancellationToken ct) =>
        {
            var list = await mediator.Send(new ListOverdue.Query(query.ToFilter(), query.Hours, new Paging(Blank.ToNull(query.Cursor), null)), ct);
            var counts = await mediator.Send(new CountOverdue.Query(query.ToFilter(), query.Hours), ct);
            var summary = visit.Works ? await mediator.Send(new GetOverdueSummary.Query(), ct) : null;
            var inspected = await mediator.Send(new ListInspectedTasks.Query([.. list.Items.Select(late => late.Task.Id)]), ct);
            return Pages.Show<OverduePage>(new OverdueModel(query, list, counts, summary, inspected.ToLookup(under => under.TaskId)));
        });
}
