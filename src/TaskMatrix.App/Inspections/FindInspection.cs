using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Inspections;

namespace TaskMatrix.App.Inspections;

/// <summary>认定: 属实, 不属实 or 尽职免责.</summary>
public static class FindInspection
{
    public sealed record Command(Guid Id, int? ExpectedVersion, Finding Finding, string Text) : IRequest<InspectionView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Text).NotEmpty().MaximumLength(TaskTexts.Longest);
    }

    internal sealed class Handler(InspectionLedger inspections, InspectionReader reader, CurrentUser user, DomainClock clock) : IRequestHandler<Command, InspectionView>
    {
        public async Task<InspectionView> Handle(Command command, CancellationToken ct)
        {
            var inspection = await inspections.Load(command.Id, command.ExpectedVersion, user.Actor, ct);
            inspection.Find(user.Actor, command.Finding, command.Text, clock.Now);
            return await reader.Whole(await inspections.Commit(inspection, ct), ct);
        }
    }
}
