using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.TaskInstances;

/// <summary>交办 of a draft.</summary>
public static class IssueTaskDraft
{
    public sealed record Command(Guid TaskId, int? ExpectedVersion) : ITaskCommand;

    internal sealed class Handler(TaskLedger ledger, CurrentUser user, DomainClock clock, Session session, CatalogueSource catalogues) : IRequestHandler<Command, TaskView>
    {
        public async Task<TaskView> Handle(Command command, CancellationToken ct)
        {
            var task = await ledger.Load(command.TaskId, command.ExpectedVersion, user.Actor, ct);
            var reckoning = (await catalogues.Current(session, ct)).Reckoning(task.Jurisdiction);
            task.IssueDraft(user.Actor, reckoning, clock.Now);
            return TaskView.Of(await ledger.Commit(task, ct), user.Actor, clock.Now);
        }
    }
}
