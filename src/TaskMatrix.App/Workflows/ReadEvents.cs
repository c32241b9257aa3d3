using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Workflows;

/// <summary>Events the caller may see, the newest first.</summary>
public static class ListEvents
{
    public sealed record Query(string? Jurisdiction, string? Kind, Paging Paging) : IRequest<ListPage<EventView>>;

    internal sealed class Handler(Session session, SourcedTasks sourced, CatalogueSource catalogues, CurrentUser user, DomainClock clock) : IRequestHandler<Query, ListPage<EventView>>
    {
        public async Task<ListPage<EventView>> Handle(Query query, CancellationToken ct)
        {
            if ((query.Jurisdiction ?? user.Actor.Jurisdiction) != user.Actor.Jurisdiction)
            {
                throw new NotFoundException("jurisdiction", query.Jurisdiction!);
            }

            var catalogue = await catalogues.Current(session, ct);
            if (query.Kind is { } wanted && catalogue.Set.EventKind(wanted) is null)
            {
                throw new ValidationException([new("kind", "event.unknown-kind", wanted) { ErrorCode = "event.unknown-kind" }]);
            }

            var rows = Visible(session.Db, user.Actor);
            rows = query.Kind is null ? rows : rows.Where(row => row.Kind == query.Kind);
            if (query.Paging.After() is { } at)
            {
                var moment = new DateTimeOffset(at.Moment, TimeSpan.Zero);
                rows = rows.Where(row => row.RaisedAt <= moment && (row.RaisedAt < moment || string.Compare(row.Key, at.Key) < 0));
            }

            var page = await rows.OrderByDescending(row => row.RaisedAt).ThenByDescending(row => row.Key).Take(query.Paging.Size + 1).ToListAsync(ct);
            var tasks = await sourced.OfAll(user.Actor.Jurisdiction, "event", page.ConvertAll(row => row.Key), ct);
            return query.Paging.Cut(page, row => EventView.Of(row, [.. tasks[row.Key]], catalogue, user.Actor, clock.Now), row => (row.RaisedAt.UtcTicks, row.Key));
        }

        /// <summary>The rule of <see cref="EventAccess.VisibleTo"/>, for the database.</summary>
        private static IQueryable<RaisedEvent> Visible(StoreContext db, Actor actor)
        {
            var rows = db.RaisedEvents.AsNoTracking().Where(row => row.Jurisdiction == actor.Jurisdiction);
            if (actor.Oversees)
            {
                return rows;
            }

            return actor.Is(Role.Liaison) || actor.Is(Role.Head)
                ? rows.Where(row => row.RaisedByUnit == actor.Unit || db.Tasks.Any(task => task.SourceReference == row.Key && task.SourceKind == "event"
                    && db.TaskUnits.Any(unit => unit.TaskId == task.Id && unit.Unit == actor.Unit && unit.Jurisdiction == row.Jurisdiction)))
                : rows.Where(_ => false);
        }
    }
}

public static class GetEvent
{
    public sealed record Query(Guid Id) : IRequest<EventView>;

    internal sealed class Handler(Session session, CatalogueSource catalogues, SourcedTasks sourced, CurrentUser user, DomainClock clock) : IRequestHandler<Query, EventView>
    {
        public async Task<EventView> Handle(Query query, CancellationToken ct)
        {
            var raised = await session.Db.RaisedEvents.AsNoTracking().SingleOrDefaultAsync(row => row.Id == query.Id && row.Jurisdiction == user.Actor.Jurisdiction, ct);
            var tasks = raised is null ? [] : await sourced.Of(raised.Jurisdiction, "event", raised.Key, ct);
            return raised is not null && EventAccess.VisibleTo(raised, tasks, user.Actor)
                ? EventView.Of(raised, tasks, await catalogues.Current(session, ct), user.Actor, clock.Now)
                : throw new NotFoundException("event", query.Id.ToString());
        }
    }
}

/// <summary>Whether the caller may see an event, so that no page leads where its reader is turned away.</summary>
public static class MayOpenEvent
{
    public sealed record Query(Guid Id) : IRequest<bool>;

    internal sealed class Handler(Session session, SourcedTasks sourced, CurrentUser user) : IRequestHandler<Query, bool>
    {
        public async Task<bool> Handle(Query query, CancellationToken ct)
        {
            var raised = await session.Db.RaisedEvents.AsNoTracking().SingleOrDefaultAsync(row => row.Id == query.Id && row.Jurisdiction == user.Actor.Jurisdiction, ct);
            return raised is not null && EventAccess.VisibleTo(raised, await sourced.Of(raised.Jurisdiction, "event", raised.Key, ct), user.Actor);
        }
    }
}
