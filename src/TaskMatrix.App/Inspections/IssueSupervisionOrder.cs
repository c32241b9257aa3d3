using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;

namespace TaskMatrix.App.Inspections;

/// <summary>下达督办单: the unit is to explain itself by a moment.</summary>
public static class IssueSupervisionOrder
{
    public sealed record Command(Guid Id, int? ExpectedVersion, string Text, DateTimeOffset AnswerBy) : IRequest<InspectionView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Text).NotEmpty().MaximumLength(TaskTexts.Longest);
            RuleFor(command => command.AnswerBy).NotEqual(default(DateTimeOffset)).WithErrorCode("request.missing-member");
        }
    }

    internal sealed class Handler(InspectionLedger inspections, InspectionReader reader, CurrentUser user) : IRequestHandler<Command, InspectionView>
    {
        public async Task<InspectionView> Handle(Command command, CancellationToken ct)
        {
            var inspection = await inspections.Load(command.Id, command.ExpectedVersion, user.Actor, ct);
            return await reader.Whole(await inspections.IssueOrder(inspection, command.Text, command.AnswerBy, user.Actor, ct), ct);
        }
    }
}
