using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.TaskInstances;

/// <summary>交办 to several units at once: each leads a task of its own, all of them or none.</summary>
public static class AssignTasks
{
    /// <summary>Characters of the units' names together.</summary>
    public const int LongestUnits = 2000;

    /// <param name="Task">What each of them gets; its lead unit is not read.</param>
    /// <param name="LeadUnits">As typed: <see cref="UnitNames"/>.</param>
    public sealed record Command(CreateTask.Command Task, string LeadUnits) : IRequest<IReadOnlyList<TaskView>>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Task).NotNull();
            RuleFor(command => command.LeadUnits).NotEmpty().MaximumLength(LongestUnits).OverridePropertyName("leadUnit");
        }
    }

    internal sealed class Handler(IMediator mediator, Session session, CatalogueSource catalogues, CurrentUser user) : IRequestHandler<Command, IReadOnlyList<TaskView>>
    {
        public async Task<IReadOnlyList<TaskView>> Handle(Command command, CancellationToken ct)
        {
            var known = (await catalogues.Current(session, ct)).Set.UnitsOf(user.Actor.Jurisdiction);
            var made = new List<TaskView>();
            foreach (var unit in UnitNames.Read(command.LeadUnits, known))
            {
                made.Add(await mediator.Send(command.Task with { LeadUnit = unit }, ct));
            }

            return made;
        }
    }
}
