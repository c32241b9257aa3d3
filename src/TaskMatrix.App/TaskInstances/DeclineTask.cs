using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;

namespace TaskMatrix.App.TaskInstances;

/// <summary>退回: not ours.</summary>
public static class DeclineTask
{
    public sealed record Command(Guid TaskId, int? ExpectedVersion, string Reason, string? ProposedUnit) : ITaskCommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(TaskTexts.Longest);
    }

    internal sealed class Handler(TaskLedger ledger, CurrentUser user, DomainClock clock, UnitLookup units) : IRequestHandler<Command, TaskView>
    {
        public async Task<TaskView> Handle(Command command, CancellationToken ct)
        {
            var task = await ledger.Load(command.TaskId, command.ExpectedVersion, user.Actor, ct);
            task.Decline(user.Actor, command.Reason, await units.Known(task.Jurisdiction, command.ProposedUnit, "proposedUnit", ct), clock.Now);
            return TaskView.Of(await ledger.Commit(task, ct), user.Actor, clock.Now);
        }
    }
}
