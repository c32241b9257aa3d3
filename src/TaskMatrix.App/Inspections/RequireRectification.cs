using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Inspections;

/// <summary>责令整改: a task of the inspected unit, reviewed by the office and then re-checked.</summary>
public static class RequireRectification
{
    public sealed record Command(Guid Id, int? ExpectedVersion, string Text, DateTimeOffset DueAt) : IRequest<InspectionView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Text).NotEmpty().MaximumLength(TaskTexts.Longest);
            RuleFor(command => command.DueAt).NotEqual(default(DateTimeOffset)).WithErrorCode("request.missing-member");
        }
    }

    internal sealed class Handler(
        Session session, InspectionLedger inspections, InspectionReader reader, TaskLedger ledger, TaskNumbers numbers, CatalogueSource catalogues, CurrentUser user,
        DomainClock clock)
        : IRequestHandler<Command, InspectionView>
    {
        private const int TitleFromText = 40;

        public async Task<InspectionView> Handle(Command command, CancellationToken ct)
        {
            var inspection = await inspections.Load(command.Id, command.ExpectedVersion, user.Actor, ct);
            inspection.RequireSubstantiated(user.Actor, clock.Now);
            var catalogue = await catalogues.Current(session, ct);
            var task = TaskInstance.Rectify(await Issue(inspection, command, catalogue, ct), user.Actor, catalogue.Reckoning(inspection.Jurisdiction), clock.Now);
            await ledger.Commit(task, ct);
            inspection.RequireRectification(user.Actor, task.Id, command.Text, command.DueAt, clock.Now);
            return await reader.Whole(await inspections.Commit(inspection, ct), ct);
        }

        private async Task<TaskIssue> Issue(Inspection inspection, Command command, Catalogue catalogue, CancellationToken ct)
        {
            var place = catalogue.Set.Jurisdiction(inspection.Jurisdiction)!;
            var line = command.Text.Trim().Split('\n')[0];
            return new TaskIssue
            {
                Id = Guid.CreateVersion7(clock.Now), Jurisdiction = place.Id,
                Number = await numbers.Next(place.Id, place.NumberPrefix, catalogue.Reckoning(place.Id).LocalDate(clock.Now).Year, ct),
                Title = $"整改（{inspection.Number}）：{(line.Length > TitleFromText ? line[..TitleFromText] + "…" : line)}", English = $"Rectification ({inspection.Number})",
                Description = command.Text, Source = new TaskSource(InspectionLedger.TaskSource, inspection.Key), LeadUnit = inspection.Unit,
                AccountablePost = catalogue.AccountablePost(place.Id, inspection.Unit), Zone = place.Zone, Ladder = DutyDefaults.StandardLadder, DueAt = command.DueAt,
                Exercise = clock.IsExercise,
            };
        }
    }
}
