using FluentValidation;
using MediatR;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>反馈 to the leader on an instruction.</summary>
public static class GiveInstructionFeedback
{
    public sealed record Command(Guid Id, string Text) : IRequest<InstructionView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Text).NotEmpty().MaximumLength(TaskTexts.Longest);
    }

    internal sealed class Handler(InstructionLedger instructions, Outbox outbox, CurrentUser user, DomainClock clock) : IRequestHandler<Command, InstructionView>
    {
        public async Task<InstructionView> Handle(Command command, CancellationToken ct)
        {
            var (instruction, _) = await instructions.Load(command.Id, ct);
            instruction.GiveFeedback(user.Actor, command.Text, clock.Now);
            outbox.Add(SourceNotices.Answered(instruction, command.Text, user.Actor, clock.Now));
            await instructions.Record(instruction, "feedback-instruction", new Dictionary<string, object?> { ["text"] = command.Text }, ct);
            return await instructions.View(instruction, ct);
        }
    }
}

/// <summary>An instruction that needs no task is closed by word.</summary>
public static class CloseInstruction
{
    public sealed record Command(Guid Id, string Text) : IRequest<InstructionView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Text).NotEmpty().MaximumLength(TaskTexts.Longest);
    }

    internal sealed class Handler(InstructionLedger instructions, SourcedTasks sourced, TaskLedger ledger, Outbox outbox, CurrentUser user, DomainClock clock)
        : IRequestHandler<Command, InstructionView>
    {
        public async Task<InstructionView> Handle(Command command, CancellationToken ct)
        {
            var (instruction, tasks) = await instructions.Load(command.Id, ct);
            instruction.Close(user.Actor, command.Text, FollowUp.Of([.. tasks.Select(task => task.State)]), clock.Now);
            await ledger.CommitAll(await sourced.Concluded(instruction, user.Actor, clock.Now, ct), ct);
            outbox.Add(SourceNotices.Closed(instruction, user.Actor, clock.Now));
            await instructions.Record(instruction, "close-instruction", new Dictionary<string, object?> { ["text"] = command.Text }, ct);
            return await instructions.View(instruction, ct);
        }
    }
}
