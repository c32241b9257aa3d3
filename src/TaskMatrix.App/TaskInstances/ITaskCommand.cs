using MediatR;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.TaskInstances;

/// <summary>An action on one task, answered with the task.</summary>
public interface ITaskCommand : IRequest<TaskView>, IOptimisticCommand
{
    Guid TaskId { get; }

    /// <summary>The version the caller saw; another one is refused (task.version-conflict). Null: whatever stands now.</summary>
    int? ExpectedVersion { get; }
}

/// <summary>Bounds of what people write.</summary>
public static class TaskTexts
{
    /// <summary>Characters of a reason, a report or an opinion.</summary>
    public const int Longest = 5000;

    /// <summary>Characters of a title.</summary>
    public const int LongestTitle = 500;
}
