using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;

namespace TaskMatrix.App.TaskInstances;

/// <summary>转办 to another person of the unit.</summary>
public static class HandOverTask
{
    public sealed record Command(Guid TaskId, int? ExpectedVersion, string ToUserName, string Reason) : ITaskCommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.ToUserName).NotEmpty().MaximumLength(TaskTexts.Longest);
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(TaskTexts.Longest);
        }
    }

    internal sealed class Handler(TaskLedger ledger, CurrentUser user, DomainClock clock, AccountLookup accounts) : IRequestHandler<Command, TaskView>
    {
        public async Task<TaskView> Handle(Command command, CancellationToken ct)
        {
            var task = await ledger.Load(command.TaskId, command.ExpectedVersion, user.Actor, ct);
            var to = await accounts.Find(command.ToUserName, ct);
            task.HandOver(user.Actor, to, command.Reason, clock.Now);
            return TaskView.Of(await ledger.Commit(task, ct), user.Actor, clock.Now);
        }
    }
}
