using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Plans;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Takes the runs of ended tasks one step further.</summary>
public sealed class RunContinuation(Session session, DutyIssuer issuer, EventRaiser events, DomainClock clock)
{
    /// <summary>Tasks that follow, not yet written. Asking again gives none: their keys exist.</summary>
    public async Task<IReadOnlyList<TaskInstance>> After(IReadOnlyList<TaskInstance> ended, Catalogue catalogue, CancellationToken ct)
    {
        var following = new List<TaskInstance>();
        // Several tasks of a fan-out may end in one batch; the step they join goes on once. Runs are locked in their order.
        foreach (var together in ended.GroupBy(task => (task.Activation, task.Run, task.Step)).OrderBy(group => group.Key.Run, StringComparer.Ordinal).Select(group => group.ToList()))
        {
            if (catalogue.Duty(together[0].Duty!) is { } duty && MayGoOn(together[0], catalogue))
            {
                following.AddRange(await Continue(together, duty, catalogue, ct));
            }
        }

        return following;
    }

    /// <summary>Most processes end with their one task; those need no look at the run.</summary>
    private static bool MayGoOn(TaskInstance task, Catalogue catalogue) =>
        catalogue.Process(task.Workflow!, task.WorkflowVersion!.Value) is var process
        && process.Find(task.Step!).Following.Any(next => process.Find(next) is not EndStep);

    private async Task<IReadOnlyList<TaskInstance>> Continue(List<TaskInstance> ended, Duty duty, Catalogue catalogue, CancellationToken ct)
    {
        var task = ended[0];
        var plan = await session.Db.Plans.AsNoTracking().SingleAsync(plan => plan.Id == duty.Plan, ct);
        // A duty that stopped has no further work; what its last report says has happened all the same.
        var goesOn = plan.Status == PlanStatus.Active && duty.AppliesAt(plan.Level);

        var process = catalogue.Process(task.Workflow!, task.WorkflowVersion!.Value);
        var following = new List<TaskInstance>();
        foreach (var effect in new ProcessRun(process, await TasksOf(task.Run!, ct)).After(task.Step!, [.. ended.Select(one => one.IssuedTo)]))
        {
            following.AddRange(effect switch
            {
                ProcessEffect.IssueWork work when goesOn => await issuer.Issue(Wanted(task, duty, plan, process, work.Step, catalogue), catalogue, ct),
                ProcessEffect.RaiseEvent raise => await events.RaiseByProcess(ended.Find(one => one.IssuedTo == raise.Unit) ?? task, raise, catalogue, ct),
                _ => [],
            });
        }

        return following;
    }

    private List<DutyTask> Wanted(TaskInstance task, Duty duty, Plan plan, ProcessDefinition process, WorkStep step, Catalogue catalogue)
    {
        var run = task.Run!.Split('|');
        var first = new DutyTask(duty, process, step, run[1], run[1], run[2], clock.Now) 
        {
            Activation = task.Activation, ShiftDays = plan.ShiftDays, Source = new TaskSource(task.SourceKind, task.SourceReference),
        };
        return [.. DutyIssuer.OfStep(first, step, catalogue)];
    }

    /// <summary>无情况 says that there was nothing, whatever a form beside it may hold.</summary>
    private static string? Said(TaskInstance task) => task.Outcome == Outcome.NothingToReport ? null : task.ReportForm;

    /// <summary>Where tasks of one run end at the same moment, whoever looks second waits for the first and sees its end.</summary>
    private async Task<List<RunTask>> TasksOf(string run, CancellationToken ct)
    {
        if (session.Db is PostgresStore)
        {
            await session.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"run\n" + run}, 0))", ct);
        }

        return [.. (await session.Db.Tasks.AsTracking().Where(task => task.Run == run).OrderBy(task => task.CreatedAt).ToListAsync(ct))
            .Select(task => new RunTask(task.Step!, task.IssuedTo, task.State, Said(task)))];
    }
}
