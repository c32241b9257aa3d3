using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Duties;

/// <summary>A standing duty of a unit in one line.</summary>
/// <param name="Task">What is to be done about it now: to acknowledge before anything else, then the soonest due. Null: nothing is open.</param>
/// <param name="Open">How many of its tasks are open.</param>
/// <param name="DoneAt">When its unit fed back last, within the weeks that are looked at; null: not in them.</param>
/// <param name="NextAt">When the next feedback begins; null while paused or over.</param>
public sealed record StandingView(DutyView Duty, TaskView? Task, int Open, DateTimeOffset? DoneAt, DateTimeOffset? NextAt, bool Paused);

/// <summary>常态职责: the standing duties that a unit leads, in the order of their sentences in the plan.</summary>
public static class ListStanding
{
    /// <summary>Days looked back for what was done and what is still open; older open tasks are overdue and stand there.</summary>
    private const int Days = 60;

    /// <param name="Unit">Null: the caller's.</param>
    public sealed record Query(string? Unit = null) : IRequest<IReadOnlyList<StandingView>>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock) : IRequestHandler<Query, IReadOnlyList<StandingView>>
    {
        /// <exception cref="NotFoundException">Another unit's, for somebody who does not oversee it.</exception>
        public async Task<IReadOnlyList<StandingView>> Handle(Query query, CancellationToken ct)
        {
            var (actor, unit) = (user.Actor, query.Unit ?? user.Actor.Unit);
            if (!PlanAccess.MayRead(actor) || (unit != actor.Unit && !actor.Oversees))
            {
                throw new NotFoundException("unit", unit);
            }

            var catalogue = await catalogues.Current(session, ct);
            var duties = catalogue.Set.Duties.Where(duty => duty.Jurisdiction == actor.Jurisdiction && duty is { Kind: DutyKind.Standing, Enabled: true } && duty.LeadUnits.Contains(unit))
                .OrderBy(duty => duty.Plan, StringComparer.Ordinal).ThenBy(duty => duty.Clause.Start).ToList();
            var ids = duties.ConvertAll(duty => duty.Id);
            var tasks = await Tasks(ids, unit, catalogue.Reckoning(actor.Jurisdiction).LocalDate(clock.Now).AddDays(-Days), ct);
            var schedules = await session.Db.Schedules.AsNoTracking().Where(row => ids.Contains(row.DutyId) && row.Part == StoredSchedule.Occurrences).ToDictionaryAsync(row => row.DutyId, ct);
            return [.. duties.Select(duty => View(duty, [.. tasks[duty.Id]], schedules.GetValueOrDefault(duty.Id)))];
        }

        private async Task<ILookup<string, TaskInstance>> Tasks(List<string> duties, string unit, DateOnly since, CancellationToken ct)
        {
            var from = since.ToString("yyyy-MM-dd");
            var found = await session.Db.Tasks.AsNoTracking()
                .Where(task => duties.Contains(task.Duty!) && task.IssuedTo == unit && string.Compare(task.Occurrence, from) >= 0 && task.LeadUnit == unit).ToListAsync(ct);
            return found.ToLookup(task => task.Duty!);
        }

        private StandingView View(Duty duty, IReadOnlyList<TaskInstance> tasks, StoredSchedule? schedule)
        {
            var open = tasks.Where(task => task.State.IsOpen() || task.State == TaskState.Missed)
                .OrderBy(task => task.State != TaskState.PendingAck).ThenBy(task => task.DueAt).ToList();
            return new StandingView(
                DutyView.Of(duty), open.Count > 0 ? TaskView.Of(open[0], user.Actor, clock.Now) : null, open.Count, tasks.Max(task => task.SubmittedAt),
                schedule is { Paused: false } ? schedule.NextAt : null, schedule?.Paused ?? false);
        }
    }
}
