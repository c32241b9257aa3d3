using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>改派, also to the same unit.</summary>
public static class ReassignTask
{
    /// <param name="CoUnits">Null keeps the co-units.</param>
    /// <param name="AckBy">Null: now plus the original time. <paramref name="DueAt"/> null keeps the due time.</param>
    public sealed record Command(
        Guid TaskId, int? ExpectedVersion, string LeadUnit, IReadOnlyList<string>? CoUnits, string Reason,
        DateTimeOffset? AckBy, DateTimeOffset? DueAt) : ITaskCommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.LeadUnit).NotEmpty();
            RuleFor(command => command.CoUnits).Must(names => names?.Contains(null!) is not true).WithErrorCode("unit.unknown");
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(TaskTexts.Longest);
        }
    }

    internal sealed class Handler(
        TaskLedger ledger, CurrentUser user, DomainClock clock, Session session, CatalogueSource catalogues, UnitLookup units)
        : IRequestHandler<Command, TaskView>
    {
        public async Task<TaskView> Handle(Command command, CancellationToken ct)
        {
            var task = await ledger.Load(command.TaskId, command.ExpectedVersion, user.Actor, ct);
            var catalogue = await catalogues.Current(session, ct);
            var lead = (await units.Known(task.Jurisdiction, command.LeadUnit, "leadUnit", ct))!;
            var owner = new NewOwner(
                lead, catalogue.AccountablePost(task.Jurisdiction, lead), await CoUnits(task, command, ct), command.AckBy, command.DueAt);
            task.Reassign(user.Actor, owner, command.Reason, catalogue.Reckoning(task.Jurisdiction), clock.Now);
            return TaskView.Of(await ledger.Commit(task, ct), user.Actor, clock.Now);
        }

        /// <summary>A unit named again keeps its role and what it confirmed.</summary>
        private async Task<IReadOnlyList<CoUnit>?> CoUnits(TaskInstance task, Command command, CancellationToken ct)
        {
            if (command.CoUnits is null)
            {
                return null;
            }

            var chosen = new List<CoUnit>();
            foreach (var name in command.CoUnits)
            {
                var unit = (await units.Known(task.Jurisdiction, name, "coUnits", ct))!;
                chosen.Add(task.CoUnits.FirstOrDefault(co => co.Unit == unit) ?? new CoUnit(unit, "assist"));
            }

            return [.. chosen.DistinctBy(co => co.Unit)];
        }
    }
}
