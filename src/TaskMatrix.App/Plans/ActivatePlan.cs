using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Plans;

/// <summary>启动: a draft plan comes into force on a day; its duties then begin.</summary>
public static class ActivatePlan
{
    /// <param name="From">Local day; null is today.</param>
    public sealed record Command(string PlanId, DateOnly? From) : IRequest<PlanView>, ICommand;

    internal sealed class Handler(
        Session session, CatalogueSource catalogues, CurrentUser user, AuditWriter audit, DomainClock clock, IMediator mediator)
        : IRequestHandler<Command, PlanView>
    {
        public async Task<PlanView> Handle(Command command, CancellationToken ct)
        {
            var plan = await PlanAccess.Load(session, user.Actor, command.PlanId, ct);
            PlanAccess.RequireOfficeOrLeader(user.Actor);
            PlanAccess.Require(plan.Status == PlanStatus.Draft, "plan.wrong-status", plan.Status);

            var reckoning = (await catalogues.Current(session.Db, ct)).Reckoning(plan.Jurisdiction);
            plan.Status = PlanStatus.Active;
            plan.ActiveFrom = command.From ?? reckoning.LocalDate(clock.Now);
            plan.BeginsAt = reckoning.Moment(plan.ActiveFrom.Value, TimeOnly.MinValue);
            var details = new Dictionary<string, object?> { ["plan"] = plan.Id, ["from"] = plan.ActiveFrom };
            await audit.Append([new AuditDraft(plan.Jurisdiction, user.Actor.Unit, clock.Now, reckoning.Zone, user.Actor, "activate-plan", details)], ct);
            await session.Db.SaveChangesAsync(ct);

            await mediator.Send(new BeginDuePlans.Command(plan.Id), ct);
            return PlanView.Of(plan);
        }
    }
}

/// <summary>终止/解除: what still lies with the units is terminated, what is with the head or the office is finished.</summary>
public static class EndPlan
{
    public sealed record Command(string PlanId, string Reason) : IRequest<PlanView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(2000);
    }

    internal sealed class Handler(
        Session session, CatalogueSource catalogues, CurrentUser user, AuditWriter audit, TaskInstances.TaskLedger ledger, DomainClock clock)
        : IRequestHandler<Command, PlanView>
    {
        public async Task<PlanView> Handle(Command command, CancellationToken ct)
        {
            var actor = user.Actor;
            var plan = await PlanAccess.Load(session, actor, command.PlanId, ct);
            PlanAccess.RequireOfficeOrLeader(actor);
            PlanAccess.Require(plan.Status == PlanStatus.Active, "plan.wrong-status", plan.Status);

            (plan.Status, plan.EndedAt) = (PlanStatus.Ended, clock.Now);
            await session.Db.Schedules.Where(row => row.Plan == plan.Id).ExecuteUpdateAsync(row => row.SetProperty(r => r.NextAt, (DateTimeOffset?)null), ct);

            var ended = TaskStates.EndedWithPlan.ToList();
            var tasks = await session.Db.Tasks.AsTracking().Where(task => task.Plan == plan.Id && ended.Contains(task.State)).ToListAsync(ct);
            // A cut-off that passed since the last sweep makes Missed first, and what is missed is not terminated.
            tasks.ForEach(task => task.FireTimers(null, clock.Now));
            var terminated = tasks.FindAll(task => ended.Contains(task.State));
            terminated.ForEach(task => task.Terminate(actor, command.Reason, plan.Id, clock.Now));

            var zone = (await catalogues.Current(session.Db, ct)).Reckoning(plan.Jurisdiction).Zone;
            var details = new Dictionary<string, object?> { ["plan"] = plan.Id, ["reason"] = command.Reason, ["terminated"] = terminated.Count };
            await audit.Append([new AuditDraft(plan.Jurisdiction, actor.Unit, clock.Now, zone, actor, "end-plan", details)], ct);
            await session.Db.SaveChangesAsync(ct);
            await ledger.CommitAll(tasks, ct);
            return PlanView.Of(plan);
        }
    }
}
