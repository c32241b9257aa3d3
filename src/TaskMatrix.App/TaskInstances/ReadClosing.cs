using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>What a closing notice (办结通知) says of a closed task.</summary>
public static class ReadClosing
{
    public sealed record Query(Guid TaskId) : IRequest<Result>;

    /// <param name="PlanTitle">Null for a task of no plan.</param>
    /// <param name="Assumptions">Of its duty, as it is published now.</param>
    public sealed record Result(TaskView Task, string? PlanTitle, IReadOnlyList<Assumption> Assumptions);

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock) : IRequestHandler<Query, Result>
    {
        /// <exception cref="RuleBrokenException">task.not-closed (409)</exception>
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var task = await session.Db.Tasks.AsNoTracking().SingleOrDefaultAsync(task => task.Id == query.TaskId, ct);
            if (task is null || !task.VisibleTo(user.Actor))
            {
                throw new NotFoundException("task", query.TaskId.ToString());
            }

            if (task.State != TaskState.Closed)
            {
                throw new RuleBrokenException("task.not-closed", RuleKind.Conflict, task.State);
            }

            var catalogue = await catalogues.Current(session, ct);
            return new Result(
                TaskView.Of(task, user.Actor, clock.Now), task.Plan is { } plan ? catalogue.Set.Plan(plan)?.Definition.Title : null,
                task.Duty is { } duty ? catalogue.Duty(duty)?.Assumptions ?? [] : []);
        }
    }
}
