using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Plans;

/// <summary>A change of the response as the API shows it.</summary>
/// <param name="By">Post held at that moment.</param>
/// <param name="DutiesStarted">Duty ids.</param>
/// <param name="Terminated">Tasks that still lay with the units.</param>
public sealed record ResponseChangeView(
    string Plan, DateTimeOffset At, ResponseChangeKind Kind, int? FromLevel, int? ToLevel, string? Reason, string? Reference, string By,
    IReadOnlyList<string> DutiesStarted, IReadOnlyList<string> DutiesStopped, int Terminated);

/// <summary>启动, 调整 and 解除 of a plan's response, oldest first.</summary>
public static class ListResponseChanges
{
    public sealed record Query(string PlanId) : IRequest<IReadOnlyList<ResponseChangeView>>;

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Query, IReadOnlyList<ResponseChangeView>>
    {
        public async Task<IReadOnlyList<ResponseChangeView>> Handle(Query query, CancellationToken ct)
        {
            await PlanAccess.Load(session, user.Actor, query.PlanId, ct);
            var changes = await session.Db.ResponseChanges.AsNoTracking().Where(change => change.Plan == query.PlanId)
                .OrderBy(change => change.Ordinal).ToListAsync(ct);
            return [.. changes.Select(change => new ResponseChangeView(
                change.Plan, change.At, change.Kind, change.FromLevel, change.ToLevel, change.Reason, change.Reference, change.ByPost, change.DutiesStarted,
                change.DutiesStopped, change.Terminated))];
        }
    }
}

/// <summary>What the end of the plan, or another level, would terminate if it came now.</summary>
public static class PreviewEnd
{
    public sealed record Query(string PlanId) : IRequest<Result>;

    /// <param name="ByUnit">Tasks that still lie with the units, by the unit that leads them.</param>
    /// <param name="Finished">Lie with a head or the office, and are finished.</param>
    public sealed record Result(int Terminated, IReadOnlyDictionary<string, int> ByUnit, int Finished);

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            await PlanAccess.Load(session, user.Actor, query.PlanId, ct);
            PlanAccess.RequireOfficeOrLeader(user.Actor);
            var (ended, open) = (Engine.TaskInstances.TaskStates.EndedWithPlan.ToList(), Engine.TaskInstances.TaskStates.Open.ToList());
            var tasks = session.Db.Tasks.AsNoTracking().Where(task => task.Plan == query.PlanId);
            var byUnit = await tasks.Where(task => ended.Contains(task.State)).GroupBy(task => task.LeadUnit)
                .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
            var finished = await tasks.CountAsync(task => open.Contains(task.State) && !ended.Contains(task.State), ct);
            return new Result(byUnit.Values.Sum(), byUnit, finished);
        }
    }
}
