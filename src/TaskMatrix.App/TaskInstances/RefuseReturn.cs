using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.TaskInstances;

/// <summary>The office refuses a return; the unit must take the task.</summary>
public static class RefuseReturn
{
    public sealed record Command(Guid TaskId, int? ExpectedVersion, string Reason) : ITaskCommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(TaskTexts.Longest);
    }

    internal sealed class Handler(TaskLedger ledger, CurrentUser user, DomainClock clock, Session session, CatalogueSource catalogues) : IRequestHandler<Command, TaskView>
    {
        public async Task<TaskView> Handle(Command command, CancellationToken ct)
        {
            var task = await ledger.Load(command.TaskId, command.ExpectedVersion, user.Actor, ct);
            var reckoning = (await catalogues.Current(session, ct)).Reckoning(task.Jurisdiction);
            task.RefuseReturn(user.Actor, command.Reason, reckoning, clock.Now);
            return TaskView.Of(await ledger.Commit(task, ct), user.Actor, clock.Now);
        }
    }
}
