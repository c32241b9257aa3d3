using MediatR;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Web.Plans;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Duties;

/// <param name="Tasks">The newest of its tasks that this person may see.</param>
public sealed record DutyModel(DutyView Duty, PlanView Plan, QuotedClause Clause, IReadOnlyList<TaskView> Tasks, PageForms Forms);

/// <summary>A duty with its sentence, its tasks and what is assumed of it; the office sets values of its own.</summary>
internal static class DutyPages
{
    public const string AssumptionForm = "f-assumption";

    private const int Newest = 20;

    public static void MapDutyPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/duties/{id}", async (string id, IMediator mediator, CancellationToken ct) => Pages.Show<DutyPage>(await Read(id, null, mediator, ct)));
        pages.MapPost("/duties/{id}/assumptions", (string id, HttpContext http, FormPost form, IMediator mediator, CancellationToken ct) => form.Take(
            http, AssumptionForm, "done.assumption-set",
            async (posted, remember) =>
            {
                remember();
                var value = new SetAssumptions.NewValue(posted["field"].ToString(), posted["value"].ToString().Trim(), Blank.ToNull(posted["why"].ToString().Trim()));
                await mediator.Send(new SetAssumptions.Command(id, [value]), ct);
                return At(id);
            },
            _ => At(id), async refused => Pages.Show<DutyPage>(await Read(id, refused, mediator, ct), refused.Problem!.Status), ct));
    }

    public static string At(string id) => "/duties/" + Uri.EscapeDataString(id);

    private static async Task<DutyModel> Read(string id, FormState? refused, IMediator mediator, CancellationToken ct)
    {
        var duty = await mediator.Send(new GetDuty.Query(id), ct);
        var document = await mediator.Send(new GetPlanDocument.Query(duty.Plan), ct);
        var tasks = await mediator.Send(new ListTasks.Query(new TaskFilter { Duty = id }, "-dueAt", new Paging(null, Newest)), ct);
        return new DutyModel(
            duty, await mediator.Send(new GetPlan.Query(duty.Plan), ct), QuotedClause.Of(document, duty.Clause), tasks.Items, new PageForms(refused));
    }
}
