using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>What a list of tasks is narrowed to; everything null is every task the caller may see.</summary>
public sealed record TaskFilter
{
    public string? Jurisdiction { get; init; }

    /// <summary>Leads or works on it.</summary>
    public string? Unit { get; init; }

    /// <summary>Of <see cref="Unit"/> only what it leads.</summary>
    public bool LeadsOnly { get; init; }

    public TaskState? State { get; init; }

    public Light? Light { get; init; }

    /// <summary>Past due and open, or missed and not filed.</summary>
    public bool Overdue { get; init; }

    /// <summary>Past the time to acknowledge and still not acknowledged.</summary>
    public bool AckOverdue { get; init; }

    /// <summary>An extension was asked for and is not decided.</summary>
    public bool ExtensionAsked { get; init; }

    public string? Duty { get; init; }

    public string? Plan { get; init; }

    /// <summary>Tasks of one run of a process.</summary>
    public string? Run { get; init; }

    /// <summary>The process it follows.</summary>
    public string? Workflow { get; init; }

    public int? WorkflowVersion { get; init; }

    /// <summary>Step of the process that it is.</summary>
    public string? Step { get; init; }

    /// <summary>What is urgent, or what is not; null: both.</summary>
    public bool? Urgent { get; init; }

    public string? Occurrence { get; init; }

    public DateTimeOffset? DueBefore { get; init; }

    public DateTimeOffset? DueAfter { get; init; }

    /// <summary>Substring of number, title or description.</summary>
    public string? Q { get; init; }

    /// <summary>Everything still to be dealt with: what is open.</summary>
    public bool OpenOnly { get; init; }

    /// <summary>What is open or missed, without what is finished.</summary>
    public bool LiveOnly { get; init; }

    /// <summary>The tasks of this filter that the actor may see.</summary>
    public IQueryable<TaskInstance> Apply(StoreContext db, Actor actor, DateTimeOffset now)
    {
        var tasks = db.Tasks.AsNoTracking().Where(task => task.Jurisdiction == actor.Jurisdiction);
        tasks = Visible(tasks, db, actor);
        tasks = Jurisdiction is null || Jurisdiction == actor.Jurisdiction ? tasks : tasks.Where(_ => false);
        tasks = LiveOnly ? tasks.Live() : tasks;
        tasks = Unit is null ? tasks : LeadsOnly ? tasks.Where(task => task.LeadUnit == Unit) : tasks.Where(task => db.TaskUnits.Any(unit =>
            unit.Jurisdiction == task.Jurisdiction && unit.Unit == Unit && unit.TaskId == task.Id && unit.Part != "reads"));
        tasks = State is null ? tasks : tasks.Where(task => task.State == State);
        tasks = Light is { } light ? Shining(tasks, light, now) : tasks;
        tasks = Overdue ? tasks.Where(task => EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LateSince) != null && task.OverdueSince != null) : tasks;
        tasks = AckOverdue ? tasks.Where(task => task.State == TaskState.PendingAck && task.AckBreachedAt != null) : tasks;
        tasks = ExtensionAsked ? tasks.Where(task => task.PendingExtension != null) : tasks;
        tasks = Duty is null ? tasks : tasks.Where(task => task.Duty == Duty);
        tasks = Plan is null ? tasks : tasks.Where(task => task.Plan == Plan);
        tasks = Run is null ? tasks : tasks.Where(task => task.Run == Run);
        tasks = Workflow is null ? tasks : tasks.Where(task => task.Workflow == Workflow);
        tasks = WorkflowVersion is null ? tasks : tasks.Where(task => task.WorkflowVersion == WorkflowVersion);
        tasks = Step is null ? tasks : tasks.Where(task => task.Step == Step);
        tasks = Urgent switch { null => tasks, true => tasks.Where(task => task.Urgent), false => tasks.Where(task => !task.Urgent) };
        tasks = Occurrence is null ? tasks : tasks.Where(task => task.Occurrence == Occurrence);
        tasks = DueBefore is { } before ? tasks.Where(task => task.DueAt < before) : tasks;
        tasks = DueAfter is { } after ? tasks.Where(task => task.DueAt > after) : tasks;
        tasks = OpenOnly ? tasks.Where(task => EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LiveDue) != null && TaskStates.Open.Contains(task.State)) : tasks;
        return Q is null ? tasks : tasks.Where(task => task.Number.Contains(Q) || task.Title.Contains(Q) || task.Description.Contains(Q));
    }

    /// <summary>A unit sees what it leads, works on or is informed of; those who oversee see the jurisdiction; others nothing.</summary>
    private static IQueryable<TaskInstance> Visible(IQueryable<TaskInstance> tasks, StoreContext db, Actor actor)
    {
        if (actor.Oversees)
        {
            return tasks;
        }

        return actor.Is(Role.Liaison) || actor.Is(Role.Head)
            ? tasks.Where(task => db.TaskUnits.Any(unit => unit.Jurisdiction == task.Jurisdiction && unit.Unit == actor.Unit && unit.TaskId == task.Id))
            : tasks.Where(_ => false);
    }

    /// <summary>The same rule as <see cref="TaskInstance.LightAt"/>, for the database: red, else yellow, grey, blue, else green.</summary>
    private static IQueryable<TaskInstance> Shining(IQueryable<TaskInstance> tasks, Light light, DateTimeOffset now)
    {
        if (light == Engine.TaskInstances.Light.Red)
        {
            return tasks.Where(task => EF.Property<DateTimeOffset?>(task, TaskInstanceTable.RedFrom) <= now);
        }

        tasks = tasks.Where(task => EF.Property<DateTimeOffset?>(task, TaskInstanceTable.RedFrom) == null
            || EF.Property<DateTimeOffset?>(task, TaskInstanceTable.RedFrom) > now);
        if (light == Engine.TaskInstances.Light.Yellow)
        {
            return tasks.Where(task => task.State == TaskState.Returned || task.InRework);
        }

        tasks = tasks.Where(task => task.State != TaskState.Returned && !task.InRework);
        if (light == Engine.TaskInstances.Light.Grey)
        {
            return tasks.Where(task => Unlit.Contains(task.State));
        }

        tasks = tasks.Where(task => !Unlit.Contains(task.State));
        Expression<Func<TaskInstance, bool>> warned = task =>
            TaskStates.WithUnit.Contains(task.State) && EF.Property<DateTimeOffset?>(task, TaskInstanceTable.BlueFrom) <= now;
        return tasks.Where(light == Engine.TaskInstances.Light.Blue ? warned : Expression.Lambda<Func<TaskInstance, bool>>(Expression.Not(warned.Body), warned.Parameters));
    }

    private static readonly TaskState[] Unlit = [TaskState.Draft, TaskState.Suspended, TaskState.NotApplicable, TaskState.Terminated];
}
