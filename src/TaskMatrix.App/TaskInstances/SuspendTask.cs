using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.TaskInstances;

/// <summary>挂起: the remaining time is kept.</summary>
public static class SuspendTask
{
    public sealed record Command(Guid TaskId, int? ExpectedVersion, string Reason, DateTimeOffset? ExpectedResume) : ITaskCommand;

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
            task.Suspend(user.Actor, command.Reason, command.ExpectedResume, reckoning, clock.Now);
            return TaskView.Of(await ledger.Commit(task, ct), user.Actor, clock.Now);
        }
    }
}
