using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>Tasks the caller may see, a page at a time.</summary>
public static class ListTasks
{
    /// <param name="Sort">dueAt (default), -dueAt or number.</param>
    public sealed record Query(TaskFilter Filter, string? Sort, Paging Paging) : IRequest<ListPage<TaskView>>;

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() =>
            RuleFor(query => query.Sort).Must(sort => sort is null or "dueAt" or "-dueAt" or "number").WithErrorCode("paging.sort");
    }

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock) : IRequestHandler<Query, ListPage<TaskView>>
    {
        public async Task<ListPage<TaskView>> Handle(Query query, CancellationToken ct)
        {
            var tasks = Sorted(query.Filter.Apply(session.Db, user.Actor, clock.Now), query.Filter.OpenOnly ? TaskInstanceTable.LiveDue : TaskInstanceTable.DueSort, query.Sort, query.Paging.After());
            var rows = await tasks.Take(query.Paging.Size + 1).ToListAsync(ct);
            var items = await ChecklistItems.Of(session.Db, await catalogues.Current(session, ct), rows, ct);
            return query.Paging.Cut(
                rows, task => TaskView.Of(task, user.Actor, clock.Now) with { Items = items(task) },
                task => ((task.DueAt ?? DateTimeOffset.MaxValue).UtcTicks, task.Number));
        }

        /// <param name="due">The column that the index for these tasks holds.</param>
        private static IQueryable<TaskInstance> Sorted(IQueryable<TaskInstance> tasks, string due, string? sort, (long Moment, string Key)? after)
        {
            if (sort == "number")
            {
                return (after is { } last ? tasks.Where(task => string.Compare(task.Number, last.Key) > 0) : tasks).OrderBy(task => task.Number);
            }

            var descending = sort == "-dueAt";
            if (after is { } at)
            {
                var moment = new DateTimeOffset(at.Moment, TimeSpan.Zero);
                tasks = descending
                    ? tasks.Where(task => EF.Property<DateTimeOffset?>(task, due) <= moment
                        && (EF.Property<DateTimeOffset?>(task, due) < moment || string.Compare(task.Number, at.Key) < 0))
                    : tasks.Where(task => EF.Property<DateTimeOffset?>(task, due) >= moment
                        && (EF.Property<DateTimeOffset?>(task, due) > moment || string.Compare(task.Number, at.Key) > 0));
            }

            return descending
                ? tasks.OrderByDescending(task => EF.Property<DateTimeOffset?>(task, due)).ThenByDescending(task => task.Number)
                : tasks.OrderBy(task => EF.Property<DateTimeOffset?>(task, due)).ThenBy(task => task.Number);
        }
    }
}
