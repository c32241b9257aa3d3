using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;

namespace TaskMatrix.App.TaskInstances;

/// <summary>退签: back to the liaison.</summary>
public static class RefuseSignature
{
    public sealed record Command(Guid TaskId, int? ExpectedVersion, string Reason) : ITaskCommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(TaskTexts.Longest);
    }

    internal sealed class Handler(TaskLedger ledger, CurrentUser user, DomainClock clock) : IRequestHandler<Command, TaskView>
    {
        public async Task<TaskView> Handle(Command command, CancellationToken ct)
        {
            var task = await ledger.Load(command.TaskId, command.ExpectedVersion, user.Actor, ct);
            task.RefuseSignature(user.Actor, command.Reason, clock.Now);
            return TaskView.Of(await ledger.Commit(task, ct), user.Actor, clock.Now);
        }
    }
}
