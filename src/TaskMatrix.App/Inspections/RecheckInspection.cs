using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;

namespace TaskMatrix.App.Inspections;

/// <summary>复查 of what was rectified.</summary>
public static class RecheckInspection
{
    public sealed record Command(Guid Id, int? ExpectedVersion, bool Passed, string Text) : IRequest<InspectionView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Text).NotEmpty().MaximumLength(TaskTexts.Longest);
    }

    internal sealed class Handler(InspectionLedger inspections, InspectionReader reader, CurrentUser user, DomainClock clock) : IRequestHandler<Command, InspectionView>
    {
        public async Task<InspectionView> Handle(Command command, CancellationToken ct)
        {
            var inspection = await inspections.Load(command.Id, command.ExpectedVersion, user.Actor, ct);
            inspection.CheckAgain(user.Actor, command.Passed, command.Text, await inspections.Rectification(inspection, ct), clock.Now);
            return await reader.Whole(await inspections.Commit(inspection, ct), ct);
        }
    }
}
