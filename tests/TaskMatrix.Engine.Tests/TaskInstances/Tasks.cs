using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;
using TaskMatrix.Engine.Tests.Schedules;
using static TaskMatrix.Engine.TaskInstances.TaskActions;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>Tasks brought into any state by the methods that people use.</summary>
internal static class Tasks
{
    /// <summary>A Thursday, the day before the Spring Festival holiday.</summary>
    public static readonly DateTimeOffset Start = China.At("2020-01-23 08:00");

    public static readonly DateTimeOffset AckBy = Start.AddHours(4);
    public static readonly DateTimeOffset DueAt = Start.AddDays(2);
    public static readonly DateTimeOffset CutOff = DueAt.AddHours(15);

    /// <summary>When the tests act, unless time is what they are about: an hour after issue.</summary>
    public static readonly DateTimeOffset Now = Start.AddHours(1);

    public static readonly Report Done = new("都做了", """{"cases":0}""", ["photo"], Outcome.Done);

    /// <summary>The lead unit's own area, with a plan in force.</summary>
    public static readonly AreaBelow Area = new("shuiquan", PlanActive: true);

    public static readonly TaskBelow Below = new(new Guid("00000000-0000-0000-0000-000000000002"), "水泉-2020-000001", "shuiquan");

    public static readonly TaskIssue Order = new()
    {
        Id = new Guid("00000000-0000-0000-0000-000000000001"),
        Number = "太平-2020-000001",
        Jurisdiction = "taiping",
        Title = "学生晨午检",
        Kind = "recurring",
        Source = new TaskSource("duty", null),
        LeadUnit = "education",
        CoUnits = [new CoUnit("health", "assist"), new CoUnit("publicity", "inform")],
        SignOffRequired = true,
        AckWithin = "PT4H",
        AckBy = AckBy,
        DueAt = DueAt,
        MissedBy = CutOff,
    };

    /// <summary>A one-off: it has no cut-off.</summary>
    public static readonly TaskIssue OneOff = Order with { Kind = "oneOff", MissedBy = null };

    /// <summary>What leads there; a signature or a review that the task does not need is left out.</summary>
    private static readonly Dictionary<TaskState, string[]> Paths = new()
    {
        [TaskState.Draft] = [],
        [TaskState.PendingAck] = [],
        [TaskState.InProgress] = [Acknowledge],
        [TaskState.PendingSignOff] = [Acknowledge, Submit],
        [TaskState.PendingReview] = [Acknowledge, Submit, Sign],
        [TaskState.Closed] = [Acknowledge, Submit, Sign, Approve],
        [TaskState.Returned] = [Decline],
        [TaskState.Suspended] = [Acknowledge, Suspend],
        [TaskState.Missed] = [Acknowledge],
        [TaskState.NotApplicable] = [MarkNotApplicable],
        [TaskState.Terminated] = [Terminate],
    };

    public static TaskInstance Issue(TaskIssue order) => TaskInstance.Issue(order, People.Office, China.Reckoning, Start);

    /// <summary>In a state where the action has what it needs: an extension to decide, a report to correct, a correction to sign.</summary>
    public static TaskInstance For(string action, TaskState state, TaskIssue? order = null)
    {
        order ??= Order;
        var signsCorrection = action is Sign or RefuseSignature && state is TaskState.Closed;
        var task = In(state, action == Correct || signsCorrection ? order with { Form = "epidemic-daily", SignOffRequired = order.SignOffRequired || signsCorrection } : order, action == DecideExtension);
        if (signsCorrection)
        {
            task.Do(Correct, Start);
            task.ForgetRecorded();
        }

        return task;
    }

    /// <param name="asked">With an extension asked for on the way and not yet decided.</param>
    public static TaskInstance In(TaskState state, TaskIssue? order = null, bool asked = false)
    {
        var task = state is TaskState.Draft ? TaskInstance.Draft(order ?? Order, People.Office, Start) : Issue(order ?? Order);
        if (asked)
        {
            task.Do(RequestExtension, People.Liaison, Start);
        }

        foreach (var action in Paths[state].Where(action => Find(action).From.Except(Find(action).Staying).Contains(task.State)))
        {
            task.Do(action, Start);
        }

        if (state is TaskState.Missed)
        {
            task.FireTimers(null, CutOff);
        }

        Assert.Equal(state, task.State);
        task.ForgetRecorded();
        return task;
    }

    /// <summary>An hour after issue, or the cut-off of a task that was missed.</summary>
    public static DateTimeOffset NowOf(TaskInstance task) => task.MissedAt ?? Now;
}
