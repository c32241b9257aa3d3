namespace TaskMatrix.App.Plans;

public enum ResponseChangeKind
{
    /// <summary>启动响应</summary>
    Start,

    /// <summary>调整响应级别</summary>
    Adjust,

    /// <summary>解除响应</summary>
    End,
}

/// <summary>启动, 调整 or 解除 of a plan's response, and what followed from it.</summary>
public sealed class ResponseChange
{
    public required Guid Id { get; init; }

    public required string Plan { get; init; }

    /// <summary>1-based place among the changes of its plan; two at once cannot both have it.</summary>
    public int Ordinal { get; set; }

    public required DateTimeOffset At { get; init; }

    public required ResponseChangeKind Kind { get; init; }

    /// <summary>1 (一级) to 4 (四级); null: none was declared.</summary>
    public int? FromLevel { get; init; }

    public int? ToLevel { get; init; }

    public string? Reason { get; init; }

    /// <summary>Number or words of the decision it rests on.</summary>
    public string? Reference { get; init; }

    public required string By { get; init; }

    /// <summary>Post held at that moment.</summary>
    public required string ByPost { get; init; }

    public IReadOnlyList<string> DutiesStarted { get; init; } = [];

    public IReadOnlyList<string> DutiesStopped { get; init; } = [];

    /// <summary>Tasks that still lay with the units.</summary>
    public int Terminated { get; init; }
}

/// <summary>A task that a change of the response terminated; not one that somebody terminated by itself.</summary>
public sealed class ResponseTermination
{
    public required Guid TaskId { get; init; }

    public required Guid ChangeId { get; init; }

    public required string Plan { get; init; }

    /// <summary>Of the task; lists are in this order.</summary>
    public required string Number { get; init; }

    /// <summary>That led it then.</summary>
    public required string Unit { get; init; }

    public required Engine.TaskInstances.TaskState StateBefore { get; init; }
}
