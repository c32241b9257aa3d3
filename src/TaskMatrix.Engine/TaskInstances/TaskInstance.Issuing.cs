using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.Engine.TaskInstances;

public sealed partial class TaskInstance
{
    /// <summary>立项: a task that its unit does not see as work yet.</summary>
    /// <exception cref="RuleBrokenException">task.not-allowed (403)</exception>
    public static TaskInstance Draft(TaskIssue issue, Actor actor, DateTimeOffset now)
    {
        Allow(MayCreate(issue, actor), "task.not-allowed");
        var task = new TaskInstance();
        task.Record("draft", new Drafted(issue, now), actor);
        return task;
    }

    /// <summary>交办: a new task, given to its unit at once. Both deadlines are frozen here.</summary>
    /// <exception cref="RuleBrokenException">task.not-allowed (403) · task.due-in-past, task.ack-in-past (400)</exception>
    public static TaskInstance Issue(TaskIssue issue, Actor actor, Reckoning reckoning, DateTimeOffset now)
    {
        Allow(MayCreate(issue, actor), "task.not-allowed");
        return Begin(issue, actor, reckoning, now);
    }

    /// <summary>责令整改: the one task an inspector makes, only out of an inspection and never for the own unit. It changes none.</summary>
    /// <exception cref="RuleBrokenException">task.not-allowed (403) · task.due-in-past (400)</exception>
    public static TaskInstance Rectify(TaskIssue issue, Actor actor, Reckoning reckoning, DateTimeOffset now)
    {
        var may = actor.Is(Role.Inspector) && actor.Jurisdiction == issue.Jurisdiction && actor.Unit != issue.LeadUnit && issue.Source.Kind == "inspection";
        Allow(may, "task.not-allowed");
        return Begin(issue, actor, reckoning, now);
    }

    private static TaskInstance Begin(TaskIssue issue, Actor actor, Reckoning reckoning, DateTimeOffset now)
    {
        var (ackBy, dueAt) = Deadlines(issue.AckBy, issue.AckWithin, issue.DueAt, issue.DueIn, issue.Calendar, reckoning, now);
        var task = new TaskInstance();
        task.Record(TaskActions.Issue, new Issued(issue, ackBy, dueAt, now), actor);
        return task;
    }

    /// <summary>交办 of a draft.</summary>
    /// <exception cref="RuleBrokenException">task.not-allowed (403) · task.wrong-state, task.version-conflict (409) · task.due-in-past, task.ack-in-past (400)</exception>
    public void IssueDraft(Actor actor, Reckoning reckoning, DateTimeOffset now)
    {
        Guard(TaskActions.Issue, actor, now);
        var (ackBy, dueAt) = Deadlines(AckBy, AckWithin, DueAt, DueIn, Calendar, reckoning, now);
        Record(TaskActions.Issue, new Issued(null, ackBy, dueAt, now), actor);
    }

    /// <summary>The office assigns; a leader's instruction becomes a task; the scheduler issues duties; its own unit sums up the reports.</summary>
    private static bool MayCreate(TaskIssue issue, Actor actor) =>
        actor.Jurisdiction == issue.Jurisdiction
        && (issue.IsSummary && actor.ActsFor(Actor.OfficeUnit) || actor.Is(Role.Office) || actor.Is(Role.Scheduler) || (actor.Is(Role.Leader) && issue.Source.Kind == "instruction"));

    private static (DateTimeOffset AckBy, DateTimeOffset DueAt) Deadlines(
        DateTimeOffset? ackBy, string ackWithin, DateTimeOffset? dueAt, string? dueIn, string calendar, Reckoning reckoning, DateTimeOffset now)
    {
        var due = dueAt ?? reckoning.Resolve(Deadline.Parse(dueIn ?? "P3D"), now, calendar);
        Valid(due > now, "task.due-in-past", due);
        var ack = ackBy ?? reckoning.Resolve(Deadline.Parse(ackWithin), now, calendar);
        Valid(ack > now, "task.ack-in-past", ack);
        return (ack < due ? ack : due, due);
    }

    private static void Valid(bool holds, string code, params object[] arguments)
    {
        if (!holds)
        {
            throw new RuleBrokenException(code, RuleKind.Invalid, arguments);
        }
    }
}
