using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;

namespace TaskMatrix.App.TaskInstances;

/// <summary>签收: the lead unit acknowledges a task.</summary>
public static class AcknowledgeTask
{
    public sealed record Command(Guid TaskId, int? ExpectedVersion) : ITaskCommand;

    internal sealed class Handler(TaskLedger ledger, CurrentUser user, DomainClock clock) : IRequestHandler<Command, TaskView>
    {
        public async Task<TaskView> Handle(Command command, CancellationToken ct)
        {
            var task = await ledger.Load(command.TaskId, command.ExpectedVersion, user.Actor, ct);
            task.Acknowledge(user.Actor, clock.Now);
            return TaskView.Of(await ledger.Commit(task, ct), user.Actor, clock.Now);
        }
    }
}
