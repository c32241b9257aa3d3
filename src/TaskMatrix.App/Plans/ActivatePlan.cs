using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Plans;

namespace TaskMatrix.App.Plans;

/// <summary>启动: a draft plan comes into force on a day; its duties then begin.</summary>
public static class ActivatePlan
{
    /// <param name="From">Local day; null is today.</param>
    /// <param name="Level">1 (一级) to 4 (四级); null declares none.</param>
    public sealed record Command(string PlanId, DateOnly? From, int? Level = null) : IRequest<PlanView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Level).InclusiveBetween(ResponseLevels.Gravest, ResponseLevels.Mildest).WithErrorCode("plan.bad-level");
    }

    internal sealed class Handler(
        Session session, CatalogueSource catalogues, CurrentUser user, ResponseWriter response, DomainClock clock, IMediator mediator)
        : IRequestHandler<Command, PlanView>
    {
        public async Task<PlanView> Handle(Command command, CancellationToken ct)
        {
            var plan = await PlanAccess.Load(session, user.Actor, command.PlanId, ct);
            PlanAccess.RequireOfficeOrLeader(user.Actor);
            PlanAccess.Require(plan.Status == PlanStatus.Draft, "plan.wrong-status", plan.Status);

            var catalogue = await catalogues.Current(session, ct);
            var reckoning = catalogue.Reckoning(plan.Jurisdiction);
            plan.Status = PlanStatus.Active;
            plan.Level = command.Level;
            plan.ActiveFrom = command.From ?? reckoning.LocalDate(clock.Now);
            plan.BeginsAt = reckoning.Moment(plan.ActiveFrom.Value, TimeOnly.MinValue);
            var change = new ResponseChange
            {
                Id = Guid.CreateVersion7(clock.Now), Plan = plan.Id, At = clock.Now, Kind = ResponseChangeKind.Start, ToLevel = plan.Level,
                By = user.Actor.UserName, ByPost = user.Actor.Post, DutiesStarted = [.. DutyBeginning.InForce(plan, catalogue).Select(duty => duty.Id)],
            };
            await response.Write(change, plan, [], user.Actor, catalogue, ct);

            await mediator.Send(new BeginDuePlans.Command(plan.Id), ct);
            return PlanView.Of(plan, catalogue, clock.Now);
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
        Session session, CatalogueSource catalogues, CurrentUser user, ResponseWriter response, ScheduleWriter schedules, TaskLedger ledger, DomainClock clock)
        : IRequestHandler<Command, PlanView>
    {
        public async Task<PlanView> Handle(Command command, CancellationToken ct)
        {
            var (actor, now) = (user.Actor, clock.Now);
            var plan = await PlanAccess.Load(session, actor, command.PlanId, ct);
            PlanAccess.RequireOfficeOrLeader(actor);
            PlanAccess.Require(plan.Status == PlanStatus.Active, "plan.wrong-status", plan.Status);

            var catalogue = await catalogues.Current(session, ct);
            var (level, inForce) = (plan.Level, DutyBeginning.InForce(plan, catalogue).Select(duty => duty.Id).ToList());
            (plan.Status, plan.EndedAt, plan.Level) = (PlanStatus.Ended, now, null);
            await schedules.StopAll(plan, ct);
            var ending = await response.Terminate(plan, null, actor, command.Reason, plan.Id, now, ct);
            var change = new ResponseChange
            {
                Id = Guid.CreateVersion7(now), Plan = plan.Id, At = now, Kind = ResponseChangeKind.End, FromLevel = level, Reason = command.Reason,
                By = actor.UserName, ByPost = actor.Post, DutiesStopped = inForce, Terminated = ending.Terminated.Count,
            };
            await response.Write(change, plan, ending.Terminated, actor, catalogue, ct);
            await ledger.CommitAll(ending.Changed, ct);
            return PlanView.Of(plan, catalogue, now);
        }
    }
}
