using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Inspections;

namespace TaskMatrix.App.Inspections;

/// <summary>处理建议: none, 通报, 约谈, 批评 or 移交问责.</summary>
public static class ProposeMeasure
{
    public sealed record Command(Guid Id, int? ExpectedVersion, Measure Measure, string Text) : IRequest<InspectionView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Text).NotEmpty().MaximumLength(TaskTexts.Longest);
    }

    internal sealed class Handler(InspectionLedger inspections, InspectionReader reader, CurrentUser user, DomainClock clock) : IRequestHandler<Command, InspectionView>
    {
        public async Task<InspectionView> Handle(Command command, CancellationToken ct)
        {
            var inspection = await inspections.Load(command.Id, command.ExpectedVersion, user.Actor, ct);
            inspection.Propose(user.Actor, command.Measure, command.Text, clock.Now);
            return await reader.Whole(await inspections.Commit(inspection, ct), ct);
        }
    }
}

/// <summary>A leader approves or refuses the measure.</summary>
public static class DecideMeasure
{
    public sealed record Command(Guid Id, int? ExpectedVersion, bool Approved, string Opinion) : IRequest<InspectionView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Opinion).NotEmpty().MaximumLength(TaskTexts.Longest);
    }

    internal sealed class Handler(InspectionLedger inspections, InspectionReader reader, CurrentUser user, DomainClock clock) : IRequestHandler<Command, InspectionView>
    {
        public async Task<InspectionView> Handle(Command command, CancellationToken ct)
        {
            var inspection = await inspections.Load(command.Id, command.ExpectedVersion, user.Actor, ct);
            inspection.DecideMeasure(user.Actor, command.Approved, command.Opinion, clock.Now);
            return await reader.Whole(await inspections.Commit(inspection, ct), ct);
        }
    }
}
