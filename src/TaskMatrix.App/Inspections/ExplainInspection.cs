using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;

namespace TaskMatrix.App.Inspections;

/// <summary>情况说明: the inspected unit answers, with files.</summary>
public static class ExplainInspection
{
    public sealed record Command(Guid Id, int? ExpectedVersion, string Text, IReadOnlyList<Guid>? AttachmentIds) : IRequest<InspectionView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Text).NotEmpty().MaximumLength(TaskTexts.Longest);
    }

    internal sealed class Handler(InspectionLedger inspections, InspectionReader reader, AttachmentStore attachments, CurrentUser user, DomainClock clock)
        : IRequestHandler<Command, InspectionView>
    {
        public async Task<InspectionView> Handle(Command command, CancellationToken ct)
        {
            var inspection = await inspections.Load(command.Id, command.ExpectedVersion, user.Actor, ct);
            inspection.RequireExplainer(user.Actor, clock.Now);
            var files = await attachments.Claim(inspection, command.AttachmentIds, user.Actor, ct);
            inspection.Explain(user.Actor, command.Text, files, clock.Now);
            return await reader.Whole(await inspections.Commit(inspection, ct), ct);
        }
    }
}
