using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
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
            var tasks = query.Filter.Apply(session.Db, user.Actor, clock.Now);
            var states = await tasks.GroupBy(task => task.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
            var units = await tasks.GroupBy(task => task.LeadUnit).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
            var overdue = await tasks.CountAsync(task => EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LateSince) != null, ct);
            var lights = new Dictionary<Light, int>();
            foreach (var light in Enum.GetValues<Light>())
            {
                lights[light] = query.Filter.Light is { } only && only != light
                    ? 0
                    : await (query.Filter with { Light = light }).Apply(session.Db, user.Actor, clock.Now).CountAsync(ct);
            }

            return new Result(states.Values.Sum(), states.Where(state => state.Key.IsOpen()).Sum(state => state.Value), overdue, states, lights, units);
        }
    }
}
