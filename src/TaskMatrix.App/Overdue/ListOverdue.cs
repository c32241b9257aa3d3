using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Overdue;

/// <summary>What is late, the longest first: open past due or past the time to acknowledge, and missed until filed.</summary>
public static class ListOverdue
{
    /// <param name="MinHours">0 to <see cref="Longest"/>; null is 0.</param>
    public sealed record Query(TaskFilter Filter, double? MinHours, Paging Paging) : IRequest<ListPage<OverdueTask>>;

    /// <summary>Hours; a hundred years.</summary>
    public const double Longest = 876_000;

    /// <param name="HoursOverdue">Since the deadline itself, one decimal.</param>
    public sealed record OverdueTask(TaskView Task, DateTimeOffset LateSince, double HoursOverdue);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(query => query.MinHours).Must(Sound).WithErrorCode("query.unknown-value");
    }

    internal static bool Sound(double? hours) => hours is null or (>= 0 and <= Longest);

    /// <summary>What the list and its figures are of.</summary>
    internal static IQueryable<TaskInstance> Late(TaskFilter filter, double? minHours, StoreContext db, Actor actor, DateTimeOffset now)
    {
        var latest = now - TimeSpan.FromHours(minHours ?? 0);
        return filter.Apply(db, actor, now).Where(task => EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LateSince) <= latest);
    }

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock)
        : IRequestHandler<Query, ListPage<OverdueTask>>
    {
        public async Task<ListPage<OverdueTask>> Handle(Query query, CancellationToken ct)
        {
            var now = clock.Now;
            var late = Late(query.Filter, query.MinHours, session.Db, user.Actor, now);
            if (query.Paging.After() is { } at)
            {
                var moment = new DateTimeOffset(at.Moment, TimeSpan.Zero);
                late = late.Where(task => EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LateSince) > moment
                    || (EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LateSince) == moment && string.Compare(task.Number, at.Key) > 0));
            }

            var rows = await late.OrderBy(task => EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LateSince)).ThenBy(task => task.Number)
                .Take(query.Paging.Size + 1).ToListAsync(ct);
            var items = await ChecklistItems.Of(session.Db, await catalogues.Current(session, ct), rows, ct);
            return query.Paging.Cut(rows, task => View(task, items(task), now), task => (task.LateSince!.Value.UtcTicks, task.Number));
        }

        private OverdueTask View(TaskInstance task, IReadOnlyList<string> items, DateTimeOffset now) =>
            new(TaskView.Of(task, user.Actor, now) with { Items = items }, task.LateSince!.Value, Math.Round((now - task.LateSince!.Value).TotalHours, 1));
    }
}
