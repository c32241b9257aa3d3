using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Plans;

/// <summary>How a plan was carried out: at any time, final once it has ended. A unit reads its own figures.</summary>
public static class GetEndReport
{
    public sealed record Query(string PlanId, Paging Paging) : IRequest<Result>;

    /// <param name="Final">The plan has ended and nothing of it is open any more.</param>
    /// <param name="ByKind">By oneOff, recurring, standing and event; <paramref name="ByUnit"/> by the unit that leads.</param>
    /// <param name="Terminated">By the end of the plan or another level, not by itself.</param>
    /// <param name="NeverCarriedOut">Duties of which no task was closed.</param>
    public sealed record Result(
        string Plan, PlanStatus Status, DateTimeOffset At, DateTimeOffset? EndedAt, bool Final, Figures Total, IReadOnlyDictionary<string, Figures> ByKind,
        IReadOnlyDictionary<string, Figures> ByUnit, ListPage<TerminatedTask> Terminated, IReadOnlyList<UndoneDuty> NeverCarriedOut);

    /// <summary>
    /// Tasks. Issued is the sum of the states; overdue, unacknowledged and filed late or never are facts beside the state and stay.
    /// </summary>
    /// <param name="WithHead">Wait for a signature; <paramref name="WithOffice"/> for the review.</param>
    /// <param name="WithUnit">Still to be done.</param>
    /// <param name="Overdue">Due passed while the unit had the work.</param>
    /// <param name="AckBreached">Not acknowledged in time.</param>
    /// <param name="EverMissed">Past a cut-off with nothing filed, also those filed later.</param>
    public sealed record Figures(
        int Issued, int ClosedOnTime, int ClosedLate, int Missed, int NotApplicable, int Terminated, int WithHead, int WithOffice, int WithUnit,
        int Overdue, int AckBreached, int EverMissed)
    {
        public static readonly Figures None = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        public static Figures operator +(Figures a, Figures b) => new(
            a.Issued + b.Issued, a.ClosedOnTime + b.ClosedOnTime, a.ClosedLate + b.ClosedLate, a.Missed + b.Missed, a.NotApplicable + b.NotApplicable,
            a.Terminated + b.Terminated, a.WithHead + b.WithHead, a.WithOffice + b.WithOffice, a.WithUnit + b.WithUnit, a.Overdue + b.Overdue,
            a.AckBreached + b.AckBreached, a.EverMissed + b.EverMissed);
    }

    /// <param name="By">adjust or end.</param>
    public sealed record TerminatedTask(
        Guid Id, string Number, string Title, string English, string? Duty, string Unit, ResponseChangeKind By, DateTimeOffset At, TaskState StateBefore,
        DateTimeOffset? DueAt, DateTimeOffset? OverdueSince, DateTimeOffset? AckBreachedAt);

    /// <param name="Issued">Tasks it had; 0 where it was never called upon.</param>
    public sealed record UndoneDuty(string Id, string Title, string English, DutyKind Kind, IReadOnlyList<string> LeadUnits, int Issued);

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var after = query.Paging.After();
            var plan = await PlanAccess.Load(session, user.Actor, query.PlanId, ct);
            var rows = await Rows(plan, user.Actor, ct);
            var total = Sum(rows);
            var terminated = await Terminated(plan, user.Actor, after?.Key, query.Paging, ct);
            return new Result(
                plan.Id, plan.Status, clock.Now, plan.EndedAt, plan.Status == PlanStatus.Ended && total is { WithHead: 0, WithOffice: 0, WithUnit: 0 }, total,
                rows.GroupBy(row => row.Kind).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, Sum),
                rows.GroupBy(row => row.Unit).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, Sum),
                terminated, await Undone(plan, rows, ct));
        }

        private static Figures Sum(IEnumerable<Row> rows) => rows.Aggregate(Figures.None, (sum, row) => sum + row.Figures);

        private async Task<List<Row>> Rows(Plan plan, Actor actor, CancellationToken ct)
        {
            var groups = await session.Db.Tasks.AsNoTracking()
                .Where(task => task.Plan == plan.Id && task.IssuedAt != null && (actor.Oversees || task.LeadUnit == actor.Unit))
                .GroupBy(task => new { task.Duty, task.Kind, task.LeadUnit, task.State, task.OnTime })
                .Select(group => new
                {
                    group.Key,
                    Count = group.Count(),
                    Overdue = group.Count(task => task.OverdueSince != null),
                    AckBreached = group.Count(task => task.AckBreachedAt != null),
                    Missed = group.Count(task => task.MissedAt != null),
                })
                .ToListAsync(ct);
            return groups.ConvertAll(group => new Row(
                group.Key.Duty, group.Key.Kind, group.Key.LeadUnit,
                Of(group.Key.State, group.Key.OnTime, group.Count) with { Overdue = group.Overdue, AckBreached = group.AckBreached, EverMissed = group.Missed }));
        }

        private static Figures Of(TaskState state, bool? onTime, int count)
        {
            var none = Figures.None with { Issued = count };
            return state switch
            {
                TaskState.Closed => onTime == false ? none with { ClosedLate = count } : none with { ClosedOnTime = count },
                TaskState.Missed => none with { Missed = count },
                TaskState.NotApplicable => none with { NotApplicable = count },
                TaskState.Terminated => none with { Terminated = count },
                TaskState.PendingSignOff => none with { WithHead = count },
                TaskState.PendingReview => none with { WithOffice = count },
                _ => none with { WithUnit = count },
            };
        }

        private async Task<ListPage<TerminatedTask>> Terminated(Plan plan, Actor actor, string? after, Paging paging, CancellationToken ct)
        {
            var ended = session.Db.ResponseTerminations.AsNoTracking().Where(one => one.Plan == plan.Id);
            ended = actor.Oversees ? ended : ended.Where(one => one.Unit == actor.Unit);
            ended = after is null ? ended : ended.Where(one => string.Compare(one.Number, after) > 0);
            var rows = await ended.OrderBy(one => one.Number).Take(paging.Size + 1)
                .Join(session.Db.Tasks.AsNoTracking(), one => one.TaskId, task => task.Id, (one, task) => new { Ended = one, Task = task })
                .Join(session.Db.ResponseChanges.AsNoTracking(), one => one.Ended.ChangeId, change => change.Id, (one, change) => new { one.Ended, one.Task, change.Kind, change.At })
                .OrderBy(one => one.Ended.Number).ToListAsync(ct);
            return paging.Cut(
                rows,
                row => new TerminatedTask(
                    row.Task.Id, row.Task.Number, row.Task.Title, row.Task.English, row.Task.Duty, row.Ended.Unit, row.Kind, row.At, row.Ended.StateBefore,
                    row.Task.DueAt, row.Task.OverdueSince, row.Task.AckBreachedAt),
                row => (0, row.Ended.Number));
        }

        private async Task<IReadOnlyList<UndoneDuty>> Undone(Plan plan, List<Row> rows, CancellationToken ct)
        {
            var actor = user.Actor;
            var catalogue = await catalogues.Current(session, ct);
            var issued = rows.ToLookup(row => row.Duty);
            return [.. catalogue.Set.DutiesOf(plan.Id)
                .Where(duty => duty.Enabled && (actor.Oversees || duty.LeadUnits.Contains(actor.Unit)))
                .Where(duty => issued[duty.Id].All(row => row.Figures is { ClosedOnTime: 0, ClosedLate: 0 }))
                .Select(duty => new UndoneDuty(duty.Id, duty.Title, duty.English, duty.Kind, duty.LeadUnits, issued[duty.Id].Sum(row => row.Figures.Issued)))];
        }

        private sealed record Row(string? Duty, string Kind, string Unit, Figures Figures);
    }
}
