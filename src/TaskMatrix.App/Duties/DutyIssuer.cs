using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Duties;

/// <summary>Makes the tasks a duty calls for, leaving out those that exist already.</summary>
public sealed class DutyIssuer(Session session, TaskNumbers numbers, DomainClock clock)
{
    /// <summary>A unit that was closed gets no task any more.</summary>
    /// <returns>New tasks, not yet written: the caller commits them with what else belongs to its act.</returns>
    public async Task<IReadOnlyList<TaskInstance>> Issue(IReadOnlyList<DutyTask> wanted, Catalogue catalogue, CancellationToken ct)
    {
        var known = await Existing(wanted, ct);
        var issued = new List<TaskInstance>();
        foreach (var task in wanted.Where(task => catalogue.Set.Works(task.Duty.Jurisdiction, task.Unit) && known.Add(KeyOf(task))))
        {
            issued.Add(await Make(task, catalogue, ct));
        }

        return issued;
    }

    /// <summary>The tasks of a step: one, or one for each unit of the class it fans out to.</summary>
    public static IEnumerable<DutyTask> OfStep(DutyTask first, WorkStep step, Catalogue catalogue)
    {
        var units = step switch
        {
            { FanOut: { } fanOut } => catalogue.UnitsOfClass(first.Duty.Jurisdiction, ClassOf(fanOut, first.Duty)),
            { Owner: "lead" } => [first.RunUnit],
            { Owner: "office" } => [Actor.OfficeUnit],
            _ => [step.Owner],
        };
        return units.Select(unit => first with { Step = step, Unit = unit });
    }

    private static string ClassOf(FanOut fanOut, Duty duty) =>
        fanOut.Class.StartsWith("with:", StringComparison.Ordinal) ? duty.With[fanOut.Class[5..]][0] : fanOut.Class;

    private static (string, string, string, string) KeyOf(DutyTask task) => (task.Duty.Id, task.Unit, task.Occurrence, task.Activation);

    private async Task<HashSet<(string, string, string, string)>> Existing(IReadOnlyList<DutyTask> wanted, CancellationToken ct)
    {
        var duties = wanted.Select(task => task.Duty.Id).Distinct().ToList();
        var occurrences = wanted.Select(task => task.Occurrence).Distinct().ToList();
        var rows = await TaskQueries.Keys(session.Db, duties, occurrences, ct);
        return [.. rows];
    }

    private async Task<TaskInstance> Make(DutyTask task, Catalogue catalogue, CancellationToken ct)
    {
        var place = catalogue.Set.Jurisdiction(task.Duty.Jurisdiction)!;
        var reckoning = catalogue.Reckoning(place.Id);
        var number = await numbers.Next(place.Id, place.NumberPrefix, reckoning.LocalDate(clock.Now).Year, ct);
        var issue = task.ToIssue(number, catalogue.AccountablePost(place.Id, task.Unit), task.Duty.Ladder, reckoning, clock.IsExercise);
        return TaskInstance.Issue(issue, Actor.Scheduler(place.Id), reckoning, clock.Now);
    }
}
