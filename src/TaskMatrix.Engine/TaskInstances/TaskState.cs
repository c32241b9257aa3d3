namespace TaskMatrix.Engine.TaskInstances;

/// <summary>Where a task stands. Overdue is not a state: it is a fact beside the state.</summary>
public enum TaskState
{
    /// <summary>待下达</summary>
    Draft,

    /// <summary>待签收</summary>
    PendingAck,

    /// <summary>办理中</summary>
    InProgress,

    /// <summary>待审签: the head has to sign.</summary>
    PendingSignOff,

    /// <summary>待审核: the office has to review.</summary>
    PendingReview,

    /// <summary>已办结</summary>
    Closed,

    /// <summary>已退回: declined as not ours; the office decides.</summary>
    Returned,

    /// <summary>已挂起</summary>
    Suspended,

    /// <summary>未报: a recurring task past its cut-off; may still be filed late.</summary>
    Missed,

    /// <summary>不适用</summary>
    NotApplicable,

    /// <summary>已终止</summary>
    Terminated,
}

/// <summary>The colour of a task, derived and never stored.</summary>
public enum Light
{
    Grey,
    Green,
    Blue,
    Yellow,
    Red,
}

/// <summary>How the unit says the work ended.</summary>
public enum Outcome
{
    Done,
    NothingToReport,
    NotExecutable,
}

/// <summary>Sets of states that rules speak of.</summary>
public static class TaskStates
{
    /// <summary>All but Closed, Missed, NotApplicable and Terminated.</summary>
    public static readonly IReadOnlyList<TaskState> Open =
    [
        TaskState.Draft, TaskState.PendingAck, TaskState.InProgress, TaskState.PendingSignOff,
        TaskState.PendingReview, TaskState.Returned, TaskState.Suspended,
    ];

    /// <summary>The unit still has the work, so its due time can pass.</summary>
    public static readonly IReadOnlyList<TaskState> WithUnit =
        [TaskState.PendingAck, TaskState.InProgress, TaskState.PendingSignOff, TaskState.Returned];

    /// <summary>States that become Missed at the cut-off; what is returned, suspended or under review does not.</summary>
    public static readonly IReadOnlyList<TaskState> CanBeMissed =
        [TaskState.PendingAck, TaskState.InProgress, TaskState.PendingSignOff];

    /// <summary>What the end of a plan terminates; what is with the head or the office is finished.</summary>
    public static readonly IReadOnlyList<TaskState> EndedWithPlan =
        [TaskState.Draft, TaskState.PendingAck, TaskState.InProgress, TaskState.Returned, TaskState.Suspended];

    /// <summary>Nothing more happens to it by itself, and its light stays as it is; what is missed can still be filed.</summary>
    public static readonly IReadOnlyList<TaskState> Finished = [TaskState.Closed, TaskState.NotApplicable, TaskState.Terminated];

    public static bool IsFinished(this TaskState state) => Finished.Contains(state);

    public static bool IsOpen(this TaskState state) => Open.Contains(state);
}
