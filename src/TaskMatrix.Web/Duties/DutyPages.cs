using MediatR;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Web.Plans;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Duties;

/// <param name="Tasks">The newest of its tasks that this person may see.</param>
public sealed record DutyModel(DutyView Duty, PlanView Plan, QuotedClause Clause, IReadOnlyList<TaskView> Tasks);

internal static class DutyPages
{
    private const int Newest = 20;

    public static void MapDutyPages(this IEndpointRouteBuilder pages) =>
        pages.MapGet("/duties/{id}", async (string id, IMediator mediator, CancellationToken ct) =>
        {
            var duty = await mediator.Send(new GetDuty.Query(id), ct);
            var document = await mediator.Send(new GetPlanDocument.Query(duty.Plan), ct);
            var tasks = await mediator.Send(new ListTasks.Query(new TaskFilter { Duty = id }, "-dueAt", new Paging(null, Newest)), ct);
            return Pages.Show<DutyPage>(new DutyModel(
                duty, await mediator.Send(new GetPlan.Query(duty.Plan), ct), QuotedClause.Of(document, duty.Clause), tasks.Items));
        });
}
