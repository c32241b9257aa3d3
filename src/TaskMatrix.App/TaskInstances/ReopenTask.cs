using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;

namespace TaskMatrix.App.TaskInstances;

/// <summary>重启 of a closed task.</summary>
public static class ReopenTask
{
    /// <param name="Reference">The order of an inspection, for example.</param>
    public sealed record Command(Guid TaskId, int? ExpectedVersion, string Reason, DateTimeOffset DueAt, string? Reference = null) : ITaskCommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(TaskTexts.Longest);
            RuleFor(command => command.Reference).MaximumLength(TaskTexts.Longest);
        }
    }

    internal sealed class Handler(TaskLedger ledger, CurrentUser user, DomainClock clock) : IRequestHandler<Command, TaskView>
    {
        public async Task<TaskView> Handle(Command command, CancellationToken ct)
        {
            var task = await ledger.Load(command.TaskId, command.ExpectedVersion, user.Actor, ct);
            task.Reopen(user.Actor, command.Reason, command.DueAt, clock.Now, command.Reference);
            return TaskView.Of(await ledger.Commit(task, ct), user.Actor, clock.Now);
        }
    }
}
