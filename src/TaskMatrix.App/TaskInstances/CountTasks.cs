using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>How many tasks of a filter, by state, light and lead unit.</summary>
public static class CountTasks
{
    public sealed record Query(TaskFilter Filter) : IRequest<Result>;

    /// <param name="Overdue">As many as stand in the overdue list: past due, past the time to acknowledge, or missed.</param>
    public sealed record Result(
        int Total, int Open, int Overdue, IReadOnlyDictionary<TaskState, int> ByState, IReadOnlyDictionary<Light, int> ByLight,
        IReadOnlyDictionary<string, int> ByUnit);

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var finished = await Finished(query.Filter, ct);
            var now = clock.Now;
            IQueryable<TaskInstance> Of(TaskFilter filter) => finished is null
                ? filter.Apply(session.Db, user.Actor, now)
                : filter.Apply(session.Db, user.Actor, now).Where(task => EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LiveDue) != null);

            var tasks = Of(query.Filter);
            var states = await tasks.GroupBy(task => task.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
            var units = await tasks.GroupBy(task => task.LeadUnit).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
            var overdue = await tasks.CountAsync(task => EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LateSince) != null, ct);
            var lights = new Dictionary<Light, int>();
            foreach (var light in Enum.GetValues<Light>())
            {
                lights[light] = query.Filter.Light is { } only && only != light ? 0 : await Of(query.Filter with { Light = light }).CountAsync(ct);
            }

            foreach (var tally in finished ?? [])
            {
                states[tally.State] = states.GetValueOrDefault(tally.State) + tally.Count;
                units[tally.LeadUnit] = units.GetValueOrDefault(tally.LeadUnit) + tally.Count;
                lights[tally.Light] += tally.Count;
            }

            return new Result(states.Values.Sum(), states.Where(state => state.Key.IsOpen()).Sum(state => state.Value), overdue, states, lights, units);
        }

        /// <summary>Null when the filter asks for more than the tallies know; then the tasks themselves are counted.</summary>
        private async Task<List<TaskTally>?> Finished(TaskFilter filter, CancellationToken ct)
        {
            if (filter with { Jurisdiction = null, Unit = null, LeadsOnly = false, State = null, Light = null, Duty = null, Plan = null } != new TaskFilter() || Unit(filter) is not { } unit)
            {
                return null;
            }

            var tallies = session.Db.Tallies.AsNoTracking().Where(tally => tally.Jurisdiction == user.Actor.Jurisdiction && tally.Count != 0);
            tallies = filter.Jurisdiction is null || filter.Jurisdiction == user.Actor.Jurisdiction ? tallies : tallies.Where(_ => false);
            tallies = unit.Length == 0 ? tallies.Where(tally => tally.Part == TaskTally.Leads) : tallies.Where(tally => tally.Unit == unit);
            tallies = filter.Unit is null ? tallies : filter.LeadsOnly ? tallies.Where(tally => tally.Part == TaskTally.Leads) : tallies.Where(tally => tally.Part != "reads");
            tallies = filter.State is { } state ? tallies.Where(tally => tally.State == state) : tallies;
            tallies = filter.Light is { } light ? tallies.Where(tally => tally.Light == light) : tallies;
            tallies = filter.Duty is { } duty ? tallies.Where(tally => tally.Duty == duty) : tallies;
            tallies = filter.Plan is { } plan ? tallies.Where(tally => tally.Plan == plan) : tallies;
            return await tallies.GroupBy(tally => new { tally.LeadUnit, tally.State, tally.Light })
                .Select(group => new TaskTally
                {
                    Jurisdiction = "", Unit = "", Part = "", Plan = "", Duty = "", LeadUnit = group.Key.LeadUnit, State = group.Key.State, Light = group.Key.Light,
                    Count = group.Sum(tally => tally.Count),
                })
                .ToListAsync(ct);
        }

        /// <returns>The unit whose tasks are counted; empty for all units; null when two units are asked for at once, or for a person without a list.</returns>
        private string? Unit(TaskFilter filter) => user.Actor switch
        {
            { Oversees: true } => filter.Unit ?? "",
            var actor when (actor.Is(Role.Liaison) || actor.Is(Role.Head)) && (filter.Unit is null || filter.Unit == actor.Unit) => actor.Unit,
            _ => null,
        };
    }
}
