using TaskMatrix.App.Inspections;
using TaskMatrix.App.Schedules;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Overdue;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Overdue;

/// <summary>
/// What rungs of the kinds supervision-order and open-inspection do, in the transaction that fires them. A task that stands
/// under inspection is not inspected twice, and one with an order gets no second one.
/// </summary>
public sealed class RungInspections(InspectionLedger inspections, DomainClock clock)
{
    /// <summary>
    /// Until when an order of a ladder is to be answered. Neither plan says; an assumption.
    /// </summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromDays(1);

    /// <param name="fired">With what fired still recorded.</param>
    public async Task Act(IReadOnlyList<TaskInstance> fired, CancellationToken ct)
    {
        foreach (var task in fired)
        {
            foreach (var rung in task.Recorded.Select(happened => happened.Event).OfType<Escalated>().Where(rung => rung.Kind is RungKind.OpenInspection or RungKind.SupervisionOrder).ToList())
            {
                await Act(task, rung, ct);
            }
        }
    }

    private async Task Act(TaskInstance task, Escalated rung, CancellationToken ct)
    {
        var system = Actor.Scheduler(task.Jurisdiction);
        var reason = $"{task.Number}「{task.Title}」逾期未办结，按催办阶梯（{rung.Rung}）";
        var standing = await inspections.StandingOf(task.Id, ct)
            ?? (await inspections.Open([task], InspectionKind.Single, reason + "立案督查", system, ct))[0];
        if (rung.Kind is RungKind.SupervisionOrder && standing.State is InspectionState.Open)
        {
            await inspections.IssueOrder(standing, reason + "督办，请说明情况并限期办理", clock.Now + AnswerWithin, system, ct);
        }
    }
}
