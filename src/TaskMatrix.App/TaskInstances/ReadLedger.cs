using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>台账: the tasks of a filter one after the other, to be written into a file. Whoever reads them keeps none.</summary>
public static class ReadLedger
{
    /// <summary>Tasks of one ledger.</summary>
    public const int Most = 100_000;

    public sealed record Query(TaskFilter Filter) : IRequest<Result>;

    /// <param name="Tasks">By number; to be read once, while the request lasts.</param>
    public sealed record Result(int Total, IAsyncEnumerable<TaskView> Tasks);

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Query, Result>
    {
        /// <exception cref="NotFoundException">Another jurisdiction (404).</exception>
        /// <exception cref="RuleBrokenException">export.not-allowed (403): the three administrators see no tasks.</exception>
        /// <exception cref="ValidationException">export.too-large (400)</exception>
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var actor = user.Actor;
            if ((query.Filter.Jurisdiction ?? actor.Jurisdiction) != actor.Jurisdiction)
            {
                throw new NotFoundException("jurisdiction", query.Filter.Jurisdiction!);
            }

            if (!actor.Oversees && !actor.Is(Role.Liaison) && !actor.Is(Role.Head))
            {
                throw new RuleBrokenException("export.not-allowed", RuleKind.Forbidden);
            }

            var tasks = query.Filter.Apply(session.Db, actor, clock.Now);
            var total = await tasks.Take(Most + 1).CountAsync(ct);
            return total <= Most
                ? new Result(total, Views(tasks.OrderBy(task => task.Number), actor, clock.Now))
                : throw new ValidationException([new ValidationFailure("jurisdiction", "export.too-large", Most) { ErrorCode = "export.too-large" }]);
        }

        private static async IAsyncEnumerable<TaskView> Views(IQueryable<TaskInstance> tasks, Actor actor, DateTimeOffset now)
        {
            await foreach (var task in tasks.AsAsyncEnumerable())
            {
                yield return TaskView.Of(task, actor, now);
            }
        }
    }
}
