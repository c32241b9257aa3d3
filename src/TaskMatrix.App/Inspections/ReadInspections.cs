using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Inspections;

/// <summary>Inspections the caller may see, the newest first.</summary>
public static class ListInspections
{
    /// <param name="Round">Only those of this round.</param>
    /// <param name="Task">Only those about this task.</param>
    public sealed record Query(InspectionState? State, string? Unit, InspectionKind? Kind, Paging Paging, Guid? Round = null, Guid? Task = null) : IRequest<ListPage<InspectionView>>;

    internal sealed class Handler(Session session, SourcedTasks sourced, CurrentUser user, DomainClock clock) : IRequestHandler<Query, ListPage<InspectionView>>
    {
        public async Task<ListPage<InspectionView>> Handle(Query query, CancellationToken ct)
        {
            var rows = InspectionLedger.Visible(session.Db, user.Actor, clock.Now);
            rows = query.State is { } state ? rows.Where(row => row.State == state) : rows;
            rows = query.Unit is { } unit ? rows.Where(row => row.Unit == unit) : rows;
            rows = query.Kind is { } kind ? rows.Where(row => row.Kind == kind) : rows;
            rows = query.Round is { } round ? rows.Where(row => row.RoundId == round) : rows;
            rows = query.Task is { } task ? rows.Where(row => session.Db.InspectionTasks.Any(about => about.TaskId == task && about.InspectionId == row.Id)) : rows;
            if (query.Paging.After() is { } at)
            {
                var moment = new DateTimeOffset(at.Moment, TimeSpan.Zero);
                rows = rows.Where(row => row.OpenedAt <= moment && (row.OpenedAt < moment || string.Compare(row.Key, at.Key) < 0));
            }

            var page = await rows.OrderByDescending(row => row.OpenedAt).ThenByDescending(row => row.Key).Take(query.Paging.Size + 1).ToListAsync(ct);
            var rectifying = page.Where(row => row.State is InspectionState.Rectifying).Select(row => row.Key).ToList();
            var tasks = await sourced.OfAll(user.Actor.Jurisdiction, InspectionLedger.TaskSource, rectifying, ct);
            return query.Paging.Cut(page, row => View(row, tasks[row.Key]), row => (row.OpenedAt.UtcTicks, row.Key));
        }

        private InspectionView View(Inspection row, IEnumerable<TaskInstance> tasks) =>
            InspectionView.Of(row, FollowUp.Of([.. tasks.Select(task => task.State)]), user.Actor, clock.Now);
    }
}

public static class GetInspection
{
    public sealed record Query(Guid Id) : IRequest<InspectionView>;

    internal sealed class Handler(InspectionLedger inspections, InspectionReader reader, CurrentUser user) : IRequestHandler<Query, InspectionView>
    {
        public async Task<InspectionView> Handle(Query query, CancellationToken ct) => await reader.Whole(await inspections.Load(query.Id, null, user.Actor, ct), ct);
    }
}

/// <summary>How many of the inspections that the caller may see stand in each state, and how many orders wait unanswered past their time.</summary>
public static class CountInspections
{
    public sealed record Query : IRequest<Result>;

    /// <param name="ByState">Without states that none is in.</param>
    public sealed record Result(IReadOnlyDictionary<InspectionState, int> ByState, int AnswersOverdue);

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var (rows, now) = (InspectionLedger.Visible(session.Db, user.Actor, clock.Now), clock.Now);
            var states = await rows.GroupBy(row => row.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
            var overdue = await rows.CountAsync(row => row.State == InspectionState.Ordered && row.AnswerBy <= now, ct);
            return new Result(states, overdue);
        }
    }
}
