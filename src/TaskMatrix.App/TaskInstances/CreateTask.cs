using System.Xml;
using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>交办 or 立项 by hand: the office assigns a task, a leader's instruction becomes one.</summary>
public static class CreateTask
{
    /// <param name="AckWithin">ISO 8601; P1D when neither it nor <paramref name="AckBy"/> is given.</param>
    /// <param name="DueIn">Duration, time of day, working days or date; it or <paramref name="DueAt"/> is required.</param>
    /// <param name="Draft">Kept as a draft until issued.</param>
    /// <param name="Clause">The sentence of a plan it rests on, as <see cref="ClauseReference"/> writes it; null: none is named.</param>
    public sealed record Command(
        string? Jurisdiction, string Title, string? Description, string LeadUnit, IReadOnlyList<string>? CoUnits,
        DateTimeOffset? AckBy, string? AckWithin, DateTimeOffset? DueAt, string? DueIn, bool? ReviewRequired, bool? SignOffRequired,
        bool? EvidenceRequired, string? Calendar, TaskSource? Source, bool Draft, string? Clause = null) : IRequest<TaskView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Title).NotEmpty().MaximumLength(TaskTexts.LongestTitle);
            RuleFor(command => command.Description).MaximumLength(TaskTexts.Longest);
            RuleFor(command => command.LeadUnit).NotEmpty();
            RuleFor(command => command.CoUnits).Must(names => names?.Contains(null!) is not true).WithErrorCode("unit.unknown");
            RuleFor(command => command.DueIn).Null().When(command => command.DueAt is not null).WithErrorCode("task.deadline-twice");
            RuleFor(command => command.AckWithin).Null().When(command => command.AckBy is not null).WithErrorCode("task.deadline-twice");
            RuleFor(command => command.DueAt).NotNull().When(command => command.DueIn is null).WithErrorCode("task.due-missing");
            RuleFor(command => command.DueIn).Must(text => Deadline.TryParse(text!) is not null).When(command => command.DueIn is not null).WithErrorCode("deadline.unreadable");
            RuleFor(command => command.AckWithin).Must(text => Deadline.TryParse(text!) is Deadline.Within).When(command => command.AckWithin is not null).WithErrorCode("deadline.unreadable");
            RuleFor(command => command.Calendar).Must(text => text is null or Reckoning.Natural or Reckoning.Working).WithErrorCode("calendar.unknown-kind");
            RuleFor(command => command.Source).Must(source => source is null || TaskSource.Kinds.Contains(source.Kind)).WithErrorCode("task.source-unknown");
            RuleFor(command => command.Source!.Reference).MaximumLength(TaskTexts.Longest).When(command => command.Source is not null).OverridePropertyName("source");
        }
    }

    internal sealed class Handler(
        Session session, CatalogueSource catalogues, TaskLedger ledger, TaskNumbers numbers, UnitLookup units, CurrentUser user, DomainClock clock)
        : IRequestHandler<Command, TaskView>
    {
        public async Task<TaskView> Handle(Command command, CancellationToken ct)
        {
            var actor = user.Actor;
            var jurisdiction = command.Jurisdiction ?? actor.Jurisdiction;
            if (jurisdiction != actor.Jurisdiction)
            {
                throw new NotFoundException("jurisdiction", jurisdiction);
            }

            var catalogue = await catalogues.Current(session, ct);
            var reckoning = catalogue.Reckoning(jurisdiction);
            var issue = await Issue(command, jurisdiction, catalogue, ct);
            var task = command.Draft
                ? TaskInstance.Draft(issue, actor, clock.Now)
                : TaskInstance.Issue(issue, actor, reckoning, clock.Now);
            return TaskView.Of(await ledger.Commit(task, ct), actor, clock.Now);
        }

        /// <summary>What a reassignment gives again: the time up to a moment that was named, else the default.</summary>
        private string TimeToAcknowledge(DateTimeOffset? ackBy) =>
            ackBy > clock.Now ? XmlConvert.ToString(TimeSpan.FromSeconds(Math.Ceiling((ackBy.Value - clock.Now).TotalSeconds))) : "P1D";

        private async Task<TaskIssue> Issue(Command command, string jurisdiction, Catalogue catalogue, CancellationToken ct)
        {
            var place = catalogue.Set.Jurisdiction(jurisdiction)!;
            var lead = (await units.Known(jurisdiction, command.LeadUnit, "leadUnit", ct))!;
            var coUnits = new List<CoUnit>();
            foreach (var name in command.CoUnits ?? [])
            {
                coUnits.Add(new CoUnit((await units.Known(jurisdiction, name, "coUnits", ct))!, "assist"));
            }

            // Beside a task given by hand it is only left out; an order that many read says what it means.
            if (command.Source is { Kind: InstructionLedger.TaskSource } && coUnits.Exists(co => co.Unit == lead))
            {
                throw new ValidationException([new("coUnits", "task.co-unit-leads", command.LeadUnit) { ErrorCode = "task.co-unit-leads" }]);
            }

            // It names where the task comes from; of the plan's own tasks, which end with it, it makes none.
            if (command.Clause is { } clause && ClauseReference.Find(clause, jurisdiction, catalogue) is null)
            {
                throw new ValidationException([new("clause", "task.clause-unknown", clause) { ErrorCode = "task.clause-unknown" }]);
            }

            return new TaskIssue
            {
                Id = Guid.CreateVersion7(clock.Now), Jurisdiction = jurisdiction,
                Number = await numbers.Next(jurisdiction, place.NumberPrefix, catalogue.Reckoning(jurisdiction).LocalDate(clock.Now).Year, ct),
                Title = command.Title, Description = command.Description ?? "", Source = command.Source ?? new TaskSource("manual", null),
                LeadUnit = lead, CoUnits = [.. coUnits.Where(co => co.Unit != lead).DistinctBy(co => co.Unit)],
                AccountablePost = catalogue.AccountablePost(jurisdiction, lead), SignOffRequired = command.SignOffRequired ?? false,
                ReviewRequired = command.ReviewRequired ?? true, EvidenceRequired = command.EvidenceRequired ?? false,
                Calendar = command.Calendar ?? Reckoning.Natural, Zone = place.Zone, Ladder = DutyDefaults.StandardLadder,
                AckWithin = command.AckWithin ?? TimeToAcknowledge(command.AckBy), AckBy = command.AckBy, DueAt = command.DueAt, DueIn = command.DueIn,
                Exercise = clock.IsExercise, Clause = command.Clause,
            };
        }
    }
}
