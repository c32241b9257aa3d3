using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>How the tasks of a jurisdiction stand, as a whole and by the unit that leads them; a unit sees its own. Costs what is open, not the history.</summary>
public static class GetStanding
{
    public sealed record Query : IRequest<Result>;

    /// <param name="Units">By unit id; those without a task are left out.</param>
    public sealed record Result(Standing Whole, IReadOnlyDictionary<string, Standing> Units);

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Query, Result>
    {
        /// <exception cref="NotFoundException">The caller has nothing to do with tasks.</exception>
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var actor = user.Actor;
            if (!PlanAccess.MayRead(actor))
            {
                throw new NotFoundException("jurisdiction", actor.Jurisdiction);
            }

            var counts = await session.Db.Tasks.AsNoTracking().Live()
                .Where(task => task.Jurisdiction == actor.Jurisdiction && (actor.Oversees || task.LeadUnit == actor.Unit))
                .GroupBy(task => task.LeadUnit).CountLive(clock.Now, ct);
            var closed = await session.Db.Tallies.AsNoTracking()
                .Where(tally => tally.Jurisdiction == actor.Jurisdiction && tally.Part == TaskTally.Leads && tally.State == TaskState.Closed && tally.Count != 0 && (actor.Oversees || tally.Unit == actor.Unit))
                .GroupBy(tally => tally.LeadUnit).Select(group => new { Unit = group.Key, Closed = group.Sum(tally => tally.Count) }).ToListAsync(ct);
            foreach (var unit in closed)
            {
                counts[unit.Unit] = counts.GetValueOrDefault(unit.Unit, TaskCounts.None) with { Closed = unit.Closed };
            }

            var units = counts.ToDictionary(count => count.Key, count => count.Value.ToStanding());
            return new Result(Standing.Of(units.Values), units);
        }
    }
}
