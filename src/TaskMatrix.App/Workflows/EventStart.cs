using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Plans;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Whom an event asks, of the units that share a duty.</summary>
/// <param name="Until">When what they are asked for is due.</param>
public sealed record Asked(IReadOnlyCollection<string> Units, DateTimeOffset Until)
{
    /// <summary>A duty of a class of units; one of a single unit is carried out whoever is asked.</summary>
    public static bool Concerns(Duty duty) => duty.UnitClass is not null || duty.LeadUnits.Count > 1;
}

/// <summary>What an event calls for: the first tasks of every duty that waits for it, and what stands in the way of others.</summary>
internal sealed class EventStart(Session session, Catalogue catalogue, DomainClock clock)
{
    /// <param name="Tasks">Not yet made.</param>
    public sealed record Result(IReadOnlyList<DutyTask> Tasks, IReadOnlyList<NotStarted> NotStarted);

    public async Task<Result> Of(RaisedEvent raised, Asked? asked, CancellationToken ct)
    {
        var plans = await ActivePlans(raised.Jurisdiction, ct);
        var key = $"{catalogue.Reckoning(raised.Jurisdiction).LocalDate(clock.Now):yyyy-MM-dd}#{raised.Id.ToString("N")[^8..]}";
        var (tasks, missing) = (new List<DutyTask>(), new List<NotStarted>());
        foreach (var duty in Waiting(raised.Jurisdiction, raised.Kind, plans))
        {
            var until = Asked.Concerns(duty) ? asked?.Until : null;
            foreach (var unit in duty.LeadUnits.Where(unit => IsAsked(duty, unit, raised, asked)))
            {
                Sort([.. First(duty, unit, plans[duty.Plan], key, raised).Select(task => task with { DueOn = until })], duty, unit, tasks, missing);
            }
        }

        return new Result(tasks, tasks.Count + missing.Count > 0 ? missing : [.. Nothing(raised, plans)]);
    }

    /// <summary>Duties that wait for an event of this kind, of the plans in force and at their present level.</summary>
    public IEnumerable<Duty> Waiting(string jurisdiction, string kind, IReadOnlyDictionary<string, Plan> plans) =>
        catalogue.DutiesOn(jurisdiction, kind).Where(duty => plans.TryGetValue(duty.Plan, out var plan) && duty.AppliesAt(plan.Level));

    private static bool IsAsked(Duty duty, string unit, RaisedEvent raised, Asked? asked) =>
        (!duty.RaiserOnly || unit == raised.RaisedByUnit) && (asked is null || !Asked.Concerns(duty) || asked.Units.Contains(unit));

    public Task<Dictionary<string, Plan>> ActivePlans(string jurisdiction, CancellationToken ct) =>
        session.Db.Plans.AsNoTracking().Where(plan => plan.Jurisdiction == jurisdiction && plan.Status == PlanStatus.Active).ToDictionaryAsync(plan => plan.Id, ct);

    /// <summary>Why an event starts nothing at all: no duty waits for it, or those that do are not carried out now.</summary>
    private List<NotStarted> Nothing(RaisedEvent raised, Dictionary<string, Plan> plans)
    {
        var resting = catalogue.DutiesOn(raised.Jurisdiction, raised.Kind).Where(duty => !plans.TryGetValue(duty.Plan, out var plan) || !duty.AppliesAt(plan.Level))
            .Select(duty => new NotStarted(duty.Id, duty.Title, "", plans.ContainsKey(duty.Plan) ? NotStarted.NotAtThisLevel : NotStarted.PlanNotInForce)).ToList();
        return resting.Count > 0 ? resting : [new NotStarted("", "", "", NotStarted.NoDuty)];
    }

    private void Sort(IReadOnlyList<DutyTask> wanted, Duty duty, string unit, List<DutyTask> tasks, List<NotStarted> missing)
    {
        if (wanted.Count == 0)
        {
            missing.Add(new NotStarted(duty.Id, duty.Title, unit, NotStarted.ClassEmpty));
        }

        foreach (var task in wanted)
        {
            if (InTheWay(task) is { } why)
            {
                missing.Add(new NotStarted(duty.Id, duty.Title, task.Unit, why));
            }
            else
            {
                tasks.Add(task);
            }
        }
    }

    private List<DutyTask> First(Duty duty, string unit, Plan plan, string key, RaisedEvent raised)
    {
        var process = catalogue.ProcessOf(duty);
        var step = (WorkStep)process.First(onOccurrence: false);
        var first = new DutyTask(duty, process, step, unit, unit, key, clock.Now)
        {
            Activation = plan.Activation, ShiftDays = plan.ShiftDays, Source = new TaskSource("event", raised.Key), Urgent = raised.Urgent,
        };
        return [.. DutyIssuer.OfStep(first, step, catalogue)];
    }

    /// <summary>Tried without a number, so that none is lost to a task that cannot be made.</summary>
    private string? InTheWay(DutyTask task)
    {
        var place = task.Duty.Jurisdiction;
        if (catalogue.Set.Unit(place, task.Unit) is null)
        {
            return NotStarted.UnitMissing;
        }

        try
        {
            var reckoning = catalogue.Reckoning(place);
            TaskInstance.Issue(task.ToIssue("", null, null, reckoning, clock.IsExercise), Actor.Scheduler(place), reckoning, clock.Now);
            return null;
        }
        catch (RuleBrokenException broken)
        {
            return broken.Code;
        }
    }
}
