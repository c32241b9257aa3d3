using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Overdue;

/// <summary>How many tasks <see cref="ListOverdue"/> holds for the same filter, on all its pages.</summary>
public static class CountOverdue
{
    public sealed record Query(TaskFilter Filter, double? MinHours) : IRequest<Result>;

    /// <param name="Missed">Of these, not reported by their cut-off and not filed since.</param>
    public sealed record Result(int All, int Missed);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(query => query.MinHours).Must(ListOverdue.Sound).WithErrorCode("query.unknown-value");
    }

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var late = ListOverdue.Late(query.Filter, query.MinHours, session.Db, user.Actor, clock.Now);
            return new Result(await late.CountAsync(ct), await late.CountAsync(task => task.State == TaskState.Missed, ct));
        }
    }
}
