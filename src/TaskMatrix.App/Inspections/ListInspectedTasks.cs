using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Inspections;

namespace TaskMatrix.App.Inspections;

/// <summary>Which of these tasks are under an inspection that is not closed and that the caller may know of.</summary>
public static class ListInspectedTasks
{
    public sealed record Query(IReadOnlyList<Guid> TaskIds) : IRequest<IReadOnlyList<Under>>;

    public sealed record Under(Guid TaskId, Guid InspectionId, string Number);

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Query, IReadOnlyList<Under>>
    {
        public async Task<IReadOnlyList<Under>> Handle(Query query, CancellationToken ct)
        {
            var ids = query.TaskIds;
            var open = InspectionLedger.Visible(session.Db, user.Actor, clock.Now).Where(row => row.State != InspectionState.Closed);
            var rows = session.Db.InspectionTasks.AsNoTracking().Where(about => ids.Contains(about.TaskId))
                .Join(open, about => about.InspectionId, row => row.Id, (about, row) => new { about.TaskId, row.Id, row.Number });
            return ids.Count == 0 ? [] : [.. (await rows.OrderBy(row => row.Number).ToListAsync(ct)).Select(row => new Under(row.TaskId, row.Id, row.Number))];
        }
    }
}
