using FluentValidation;
using MediatR;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Plans;

namespace TaskMatrix.App.Plans;

/// <summary>调整响应级别: duties that are not of the new level stop, those that are of it and were not of the old one begin.</summary>
public static class AdjustResponse
{
    /// <summary>The event of the catalogue that a change of the level raises, where the catalogue has it.</summary>
    private const string Changed = "response-changed";

    /// <param name="Level">1 (一级) to 4 (四级).</param>
    public sealed record Command(string PlanId, int Level, string Reason, string? Reference) : IRequest<PlanView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Level).InclusiveBetween(ResponseLevels.Gravest, ResponseLevels.Mildest).WithErrorCode("plan.bad-level");
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(2000);
            RuleFor(command => command.Reference).MaximumLength(500);
        }
    }

    internal sealed class Handler(
        Session session, CatalogueSource catalogues, CurrentUser user, ResponseWriter response, ScheduleWriter schedules, DutyBeginning beginning,
        DutyIssuer issuer, EventRaiser events, TaskLedger ledger, DomainClock clock)
        : IRequestHandler<Command, PlanView>
    {
        public async Task<PlanView> Handle(Command command, CancellationToken ct)
        {
            var (actor, now) = (user.Actor, clock.Now);
            var plan = await PlanAccess.Load(session, actor, command.PlanId, ct);
            PlanAccess.RequireOfficeOrLeader(actor);
            PlanAccess.Require(plan.Status == PlanStatus.Active, "plan.wrong-status", plan.Status);
            ResponseLevels.CheckChange(plan.Level, command.Level);

            var catalogue = await catalogues.Current(session, ct);
            var (before, effects) = (plan.Level, ResponseLevels.Between(catalogue.Set.DutiesOf(plan.Id), plan.Level, command.Level));
            plan.Level = command.Level;
            var stopped = effects.Stops.Select(duty => duty.Id).ToList();
            var ending = await response.Terminate(plan, stopped, actor, command.Reason, command.Reference ?? plan.Id, now, ct);
            var change = new ResponseChange
            {
                Id = Guid.CreateVersion7(now), Plan = plan.Id, At = now, Kind = ResponseChangeKind.Adjust, FromLevel = before, ToLevel = command.Level,
                Reason = command.Reason, Reference = command.Reference, By = actor.UserName, ByPost = actor.Post,
                DutiesStarted = [.. effects.Starts.Select(duty => duty.Id)], DutiesStopped = stopped, Terminated = ending.Terminated.Count,
            };
            await response.Write(change, plan, ending.Terminated, actor, catalogue, ct);
            await ledger.CommitAll(ending.Changed, ct);
            await Begin(plan, effects, catalogue, now, ct);
            await Tell(plan, change, actor, catalogue, ct);
            return PlanView.Of(plan, catalogue, now);
        }

        /// <summary>Before the plan's first day nothing runs yet: its beginning then goes by the level.</summary>
        private async Task Begin(Plan plan, ResponseEffects effects, Catalogue catalogue, DateTimeOffset now, CancellationToken ct)
        {
            if (!plan.Begun)
            {
                return;
            }

            var wanted = new List<DutyTask>();
            foreach (var duty in effects.Starts)
            {
                wanted.AddRange(await beginning.InTheMidst(duty, plan, catalogue, now, ct));
            }

            foreach (var duty in effects.Stops.Concat(effects.Starts))
            {
                await schedules.Set(duty, plan, catalogue, now, ct);
            }

            await session.Db.SaveChangesAsync(ct);
            await ledger.CommitAll(await issuer.Issue(wanted, catalogue, ct), ct);
        }

        private async Task Tell(Plan plan, ResponseChange change, Actor actor, Catalogue catalogue, CancellationToken ct)
        {
            if (catalogue.Set.EventKind(Changed) is not { } kind)
            {
                return;
            }

            var raised = new RaisedEvent
            {
                Id = Guid.CreateVersion7(change.At), Jurisdiction = plan.Jurisdiction, Kind = kind.Id, Summary = $"{plan.Title}：{change.Reason}",
                Data = JsonColumn.Write(new { decision = ResponseLevels.Words(change.FromLevel, change.ToLevel), basis = change.Reference ?? "" }),
                OccurredAt = change.At, RaisedAt = change.At,
                RaisedBy = actor.UserName, RaisedByUnit = actor.Unit, RaisedByPost = actor.Post,
            };
            await ledger.CommitAll(await events.Raise(raised, actor, catalogue, ct), ct);
        }
    }
}
