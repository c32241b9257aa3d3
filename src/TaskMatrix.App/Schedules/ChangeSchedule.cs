using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Plans;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Schedules;

/// <summary>The office pauses a recurring duty, lets it go on, or issues it now by hand.</summary>
public static class ChangeSchedule
{
    /// <param name="Action">pause, resume or run-now.</param>
    /// <param name="Reason">For the record, and beside a duty that is paused.</param>
    public sealed record Command(string DutyId, string Action, string? Reason = null) : IRequest<ScheduleView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).MaximumLength(500);
    }

    internal sealed class Handler(
        Session session, CurrentUser user, CatalogueSource catalogues, DutyIssuer issuer, TaskLedger ledger, AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, ScheduleView>
    {
        public async Task<ScheduleView> Handle(Command command, CancellationToken ct)
        {
            var row = await ScheduleAccess.Load(session, user.Actor, command.DutyId, ct);
            var catalogue = await catalogues.Current(session, ct);
            await RequireInForce(row, command, catalogue, ct);
            switch (command.Action)
            {
                case "pause":
                    Require(!row.Paused, "schedule.paused");
                    (row.Paused, row.PausedBy, row.PausedAt, row.PausedReason) = (true, user.Actor.Post, clock.Now, command.Reason);
                    break;
                case "resume":
                    Require(row.Paused, "schedule.not-paused");
                    (row.Paused, row.PausedBy, row.PausedAt, row.PausedReason) = (false, null, null, null);
                    row.NextAt = ScheduleWriter.Next(row, clock.Now, catalogue);
                    break;
                default:
                    await RunNow(row, catalogue, ct);
                    break;
            }

            var details = new Dictionary<string, object?> { ["duty"] = row.DutyId };
            if (command.Reason is { } reason)
            {
                details["reason"] = reason;
            }

            var zone = catalogue.Reckoning(row.Jurisdiction).Zone;
            await audit.Append([new AuditDraft(row.Jurisdiction, user.Actor.Unit, clock.Now, zone, user.Actor, $"{command.Action}-schedule", details)], ct);
            return ListSchedules.Handler.View(row, catalogue);
        }

        /// <summary>What the level of the response has stopped goes on with the level alone; pausing is still possible.</summary>
        private async Task RequireInForce(StoredSchedule row, Command command, Catalogue catalogue, CancellationToken ct)
        {
            var level = await session.Db.Plans.Where(plan => plan.Id == row.Plan).Select(plan => plan.Level).SingleAsync(ct);
            Require(command.Action == "pause" || catalogue.Duty(row.DutyId)?.AppliesAt(level) == true, "schedule.not-at-this-level");
        }

        private async Task RunNow(StoredSchedule row, Catalogue catalogue, CancellationToken ct)
        {
            var plan = await session.Db.Plans.AsNoTracking().SingleAsync(plan => plan.Id == row.Plan, ct);
            Require(plan.Status == PlanStatus.Active, "plan.wrong-status");
            row.ManualRuns++;
            var duty = catalogue.Duty(row.DutyId)!;
            var wanted = DutyTasks.Occurrence(duty, plan, catalogue, clock.Now, ScheduleWriter.Next(row, clock.Now, catalogue), $"#manual-{row.ManualRuns}");
            var tasks = await issuer.Issue([.. wanted], catalogue, ct);
            await ledger.CommitAll(tasks, ct);
            (row.LastAt, row.LastResult) = (clock.Now, $"created by hand: {tasks.Count}");
        }

        private static void Require(bool holds, string code)
        {
            if (!holds)
            {
                throw new RuleBrokenException(code, RuleKind.Conflict);
            }
        }
    }
}
