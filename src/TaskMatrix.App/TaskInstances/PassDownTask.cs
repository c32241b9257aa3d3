using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>
/// 下达: a unit that has an area of its own gives a task to the office of that area, which gives it to its units. The task stays
/// the unit's; how the one below ends comes back as feedback.
/// </summary>
public static class PassDownTask
{
    /// <param name="DueAt">Not after the task's own; null: the same.</param>
    public sealed record Command(Guid TaskId, int? ExpectedVersion, DateTimeOffset? DueAt, string? Text) : ITaskCommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Text).MaximumLength(TaskTexts.Longest);
    }

    internal sealed class Handler(
        TaskLedger ledger, Session session, CatalogueSource catalogues, TaskNumbers numbers, Subordinates subordinates, CurrentUser user, DomainClock clock)
        : IRequestHandler<Command, TaskView>
    {
        public async Task<TaskView> Handle(Command command, CancellationToken ct)
        {
            var (actor, now) = (user.Actor, clock.Now);
            var task = await ledger.Load(command.TaskId, command.ExpectedVersion, actor, ct);
            var catalogue = await catalogues.Current(session, ct);
            var place = catalogue.Set.AreaOf(task.Jurisdiction, task.LeadUnit);
            var area = place is null
                ? null
                : new AreaBelow(place.Id, await session.Db.Plans.AnyAsync(plan => plan.Jurisdiction == place.Id && plan.Status == PlanStatus.Active, ct));
            var due = task.DueBelow(actor, area, command.DueAt, now);

            var below = await Make(task, place!, command.Text, due, catalogue, actor, ct);
            task.PassDown(actor, area!, new TaskBelow(below.Id, below.Number, below.Jurisdiction), due, command.Text, now);
            await ledger.CommitAll([task, below], ct);
            return await subordinates.Show(TaskView.Of(task, actor, now), task, ct);
        }

        private async Task<TaskInstance> Make(
            TaskInstance task, Jurisdiction place, string? text, DateTimeOffset due, Catalogue catalogue, Actor actor, CancellationToken ct)
        {
            var (now, reckoning) = (clock.Now, catalogue.Reckoning(place.Id));
            var quote = task.Duty is { } duty ? catalogue.Duty(duty)?.Clause.Quote : null;
            var issue = new TaskIssue
            {
                Id = Guid.CreateVersion7(now), Jurisdiction = place.Id,
                Number = await numbers.Next(place.Id, place.NumberPrefix, reckoning.LocalDate(now).Year, ct),
                Title = task.Title, English = task.English, Source = new TaskSource(TaskSource.PassedDown, task.Number),
                Description = string.Join('\n', new[] { text, task.Description, quote }.Where(part => !string.IsNullOrWhiteSpace(part))),
                LeadUnit = Actor.OfficeUnit, AccountablePost = catalogue.AccountablePost(place.Id, Actor.OfficeUnit),
                SignOffRequired = task.SignOffRequired, EvidenceRequired = task.EvidenceRequired, Calendar = task.Calendar, Zone = place.Zone,
                Ladder = DutyDefaults.StandardLadder, AckWithin = task.AckWithin.Length > 0 ? task.AckWithin : "P1D", DueAt = due, Exercise = clock.IsExercise,
                ParentTask = new TaskAbove(task.Id, task.Number, task.Jurisdiction),
            };
            return TaskInstance.Issue(issue, Actor.Scheduler(place.Id) with { OnBehalfOf = actor.UserName }, reckoning, now);
        }
    }
}
