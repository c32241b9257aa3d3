using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;

namespace TaskMatrix.App.TaskInstances;

/// <summary>反馈: how far a task is.</summary>
public static class ReportProgress
{
    public sealed record Command(Guid TaskId, int? ExpectedVersion, int Percent, string Text, IReadOnlyList<Guid>? AttachmentIds) : ITaskCommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Percent).InclusiveBetween(0, 100);
            RuleFor(command => command.Text).NotEmpty().MaximumLength(TaskTexts.Longest);
        }
    }

    internal sealed class Handler(TaskLedger ledger, CurrentUser user, DomainClock clock, AttachmentStore attachments) : IRequestHandler<Command, TaskView>
    {
        public async Task<TaskView> Handle(Command command, CancellationToken ct)
        {
            var task = await ledger.Load(command.TaskId, command.ExpectedVersion, user.Actor, ct);
            var files = await attachments.Claim(task, command.AttachmentIds, user.Actor, ct);
            task.ReportProgress(user.Actor, command.Percent, command.Text, files, clock.Now);
            return TaskView.Of(await ledger.Commit(task, ct), user.Actor, clock.Now);
        }
    }
}
