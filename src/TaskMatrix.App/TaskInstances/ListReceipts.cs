using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>A closed report that a unit has to read.</summary>
/// <param name="Unit">Which has it to read.</param>
/// <param name="WaitsSince">When the task was closed.</param>
/// <param name="AllowedActions">confirm-receipt, for somebody of the unit.</param>
public sealed record ReceiptView(
    string Unit, DateTimeOffset WaitsSince, Guid TaskId, string Number, string Title, string English, string LeadUnit, bool Urgent,
    Outcome? Outcome, string? ReportText, IReadOnlyList<string> AllowedActions);

/// <summary>待阅: what waits to be read, the oldest first.</summary>
public static class ListReceipts
{
    /// <param name="Unit">Null: the caller's own unit; for those who oversee, every unit of the jurisdiction.</param>
    public sealed record Query(string? Unit, Paging Paging) : IRequest<ListPage<ReceiptView>>;

    internal sealed class Handler(Session session, UnitLookup units, CurrentUser user) : IRequestHandler<Query, ListPage<ReceiptView>>
    {
        public async Task<ListPage<ReceiptView>> Handle(Query query, CancellationToken ct)
        {
            var waiting = Visible(await units.Known(user.Actor.Jurisdiction, query.Unit, "unit", ct));
            if (query.Paging.After() is { } at)
            {
                var (moment, task, unit) = (new DateTimeOffset(at.Moment, TimeSpan.Zero), TaskOf(at.Key), UnitOf(at.Key));
                waiting = waiting.Where(row => row.AwaitsReadingSince >= moment && (row.AwaitsReadingSince > moment
                    || row.TaskId.CompareTo(task) > 0 || (row.TaskId == task && string.Compare(row.Unit, unit) > 0)));
            }

            var rows = await waiting.OrderBy(row => row.AwaitsReadingSince).ThenBy(row => row.TaskId).ThenBy(row => row.Unit).Take(query.Paging.Size + 1).ToListAsync(ct);
            var ids = rows.ConvertAll(row => row.TaskId);
            var tasks = ids.Count == 0 ? [] : await session.Db.Tasks.AsNoTracking().Where(task => ids.Contains(task.Id)).ToDictionaryAsync(task => task.Id, ct);
            return query.Paging.Cut(rows, row => View(row, tasks[row.TaskId]), row => (row.AwaitsReadingSince!.Value.UtcTicks, $"{row.TaskId}|{row.Unit}"));
        }

        private IQueryable<TaskUnit> Visible(string? unit)
        {
            var actor = user.Actor;
            var rows = session.Db.TaskUnits.AsNoTracking().Where(row => row.Jurisdiction == actor.Jurisdiction && row.AwaitsReadingSince != null);
            if (!actor.Oversees)
            {
                return actor.Is(Role.Liaison) || actor.Is(Role.Head)
                    ? rows.Where(row => row.Unit == actor.Unit && (unit == null || unit == actor.Unit))
                    : rows.Where(_ => false);
            }

            // A head who also sits in the office asks for the own unit first, like everywhere.
            var wanted = unit ?? (actor.Is(Role.Liaison) || actor.Is(Role.Head) ? actor.Unit : null);
            return wanted is null ? rows : rows.Where(row => row.Unit == wanted);
        }

        private ReceiptView View(TaskUnit row, TaskInstance task) => new(
            row.Unit, row.AwaitsReadingSince!.Value, task.Id, task.Number, task.Title, task.English, task.LeadUnit, task.Urgent, task.Outcome,
            task.ReportText, user.Actor.ReadsFor(row.Unit) ? [TaskActions.ConfirmReceipt] : []);

        private static Guid TaskOf(string key) => Guid.TryParse(key.Split('|')[0], out var id) ? id : Guid.Empty;

        private static string UnitOf(string key) => key.Split('|') is [_, var unit, ..] ? unit : "";
    }
}
