using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Inspections;

/// <summary>立案, of chosen tasks or by plan of a round: one inspection for each unit, in one act.</summary>
public static class OpenInspections
{
    /// <param name="TaskIds">Up to <see cref="MostTasks"/>; each inspection has those its unit leads.</param>
    /// <param name="Units">Also these, with or without a task of theirs.</param>
    /// <param name="Title">Of the round; null: the beginning of the reason.</param>
    /// <param name="Team">User names; for a round only.</param>
    /// <param name="From">When the round begins; null: now.</param>
    /// <param name="Until">When the rights of the team end; null: with the inspections.</param>
    public sealed record Command(
        IReadOnlyList<Guid>? TaskIds, InspectionKind Kind, string Reason, IReadOnlyList<string>? Units = null, string? Title = null, IReadOnlyList<string>? Team = null,
        DateTimeOffset? From = null, DateTimeOffset? Until = null) : IRequest<InspectionView>, ICommand;

    public const int MostTasks = 200, MostUnits = 100;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(TaskTexts.Longest);
            RuleFor(command => command.Title).MaximumLength(TaskTexts.LongestTitle);
            RuleFor(command => command.TaskIds).Must(ids => ids is null or { Count: <= MostTasks }).WithErrorCode("request.too-many-items");
            RuleFor(command => command.Units).Must(units => units is null or { Count: <= MostUnits }).WithErrorCode("request.too-many-items");
            RuleForEach(command => command.Units).NotEmpty();
            RuleFor(command => command.TaskIds).Must((command, ids) => ids is { Count: > 0 } || command.Units is { Count: > 0 }).WithErrorCode("inspection.of-nothing");
            RuleFor(command => command.Team).Must((command, team) => team is not { Count: > 0 } || command.Kind is not InspectionKind.Single).WithErrorCode("inspection.single-has-no-team");
        }
    }

    internal sealed class Handler(
        Session session, InspectionLedger inspections, InspectionTeams teams, UnitLookup units, CurrentUser user, DomainClock clock)
        : IRequestHandler<Command, InspectionView>
    {
        private const int TitleFromReason = 40;

        /// <returns>The first, naming all of them.</returns>
        public async Task<InspectionView> Handle(Command command, CancellationToken ct)
        {
            var actor = user.Actor;
            if (!Inspection.MayOpen(actor))
            {
                throw new RuleBrokenException("inspection.not-allowed", RuleKind.Forbidden);
            }

            var tasks = await Tasks(command.TaskIds ?? [], ct);
            var named = new List<string>();
            foreach (var name in command.Units ?? [])
            {
                named.Add((await units.Known(actor.Jurisdiction, name, "units", ct))!);
            }

            var round = command.Kind is InspectionKind.Single ? null : await Plan(command, ct);
            var opened = await inspections.Open(tasks, named, command.Kind, command.Reason, round, actor, ct);
            return InspectionView.Of(opened[0], FollowUp.Of([]), actor, clock.Now) with { Opened = [.. opened.Select(one => new OpenedInspection(one.Id, one.Number, one.Unit))] };
        }

        /// <summary>In the order named. A draft is no duty of anybody yet.</summary>
        private async Task<IReadOnlyList<TaskInstance>> Tasks(IReadOnlyList<Guid> ids, CancellationToken ct)
        {
            var found = await session.Db.Tasks.AsNoTracking().Where(task => ids.Contains(task.Id)).ToDictionaryAsync(task => task.Id, ct);
            var unknown = ids.Where(id => !found.TryGetValue(id, out var task) || !task.VisibleTo(user.Actor) || task.State is TaskState.Draft).ToList();
            return unknown.Count == 0
                ? [.. ids.Distinct().Select(id => found[id])]
                : throw new ValidationException([new ValidationFailure("taskIds", "inspection.unknown-task", string.Join(", ", unknown)) { ErrorCode = "inspection.unknown-task" }]);
        }

        private async Task<InspectionRound> Plan(Command command, CancellationToken ct)
        {
            var actor = user.Actor;
            var reason = command.Reason.Trim().Split('\n')[0];
            var title = !string.IsNullOrWhiteSpace(command.Title) ? command.Title.Trim() : reason.Length > TitleFromReason ? reason[..TitleFromReason] + "…" : reason;
            var plan = new RoundPlan(
                Guid.CreateVersion7(clock.Now), actor.Jurisdiction, await inspections.Number("rounds", "督导", actor.Jurisdiction, ct), command.Kind, title, command.Reason,
                command.From ?? clock.Now, command.Until, await teams.Find(command.Team ?? [], actor.Jurisdiction, ct));
            var round = InspectionRound.Plan(plan, actor, clock.Now);
            session.Db.InspectionRounds.Add(round);
            await teams.Record(round, "plan-round", actor, ct);
            return round;
        }
    }
}
