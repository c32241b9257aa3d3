using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;

namespace TaskMatrix.App.TaskInstances;

/// <summary>催办 by hand.</summary>
public static class UrgeTask
{
    public sealed record Command(Guid TaskId, int? ExpectedVersion, string? Text) : ITaskCommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Text).MaximumLength(TaskTexts.Longest);
    }

    internal sealed class Handler(TaskLedger ledger, CurrentUser user, DomainClock clock) : IRequestHandler<Command, TaskView>
    {
        public async Task<TaskView> Handle(Command command, CancellationToken ct)
        {
            var task = await ledger.Load(command.TaskId, command.ExpectedVersion, user.Actor, ct);
            task.Urge(user.Actor, command.Text, clock.Now);
            return TaskView.Of(await ledger.Commit(task, ct), user.Actor, clock.Now);
        }
    }
}
