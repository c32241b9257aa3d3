using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Workflows;

/// <summary>The office, or the leader, turns an instruction into tasks.</summary>
public static class MakeInstructionTasks
{
    /// <param name="Tasks">1–50; without a deadline of its own each is due with the instruction, and unless it says otherwise its head signs.</param>
    public sealed record Command(Guid Id, IReadOnlyList<OrderedTask> Tasks) : IRequest<InstructionView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Tasks).NotEmpty();
            RuleFor(command => command.Tasks.Count).LessThanOrEqualTo(OrderedTasks.Most).WithErrorCode("request.too-many-items").OverridePropertyName("tasks").When(command => command.Tasks is not null);
            RuleForEach(command => command.Tasks).NotNull();
        }
    }

    internal sealed class Handler(InstructionLedger instructions, CurrentUser user, IMediator mediator) : IRequestHandler<Command, InstructionView>
    {
        public async Task<InstructionView> Handle(Command command, CancellationToken ct)
        {
            var (instruction, _) = await instructions.Load(command.Id, ct);
            instruction.RequireTaskable(user.Actor);
            var source = new TaskSource(InstructionLedger.TaskSource, instruction.Key);
            var made = await OrderedTasks.Make(mediator, command.Tasks, source, (instruction.DueAt, SignOff: true), ("tasks", "title"), ct);
            await instructions.Record(instruction, "task-instruction", new Dictionary<string, object?> { ["tasks"] = made }, ct);
            return await instructions.View(instruction, ct);
        }
    }
}
