using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Duties;

/// <summary>The office puts its own values in place of assumptions: a new version of the duty, for tasks issued later.</summary>
public static class SetAssumptions
{
    public sealed record Command(string DutyId, IReadOnlyList<NewValue> Assumptions) : IRequest<DutyView>, ICommand;

    /// <param name="Why">The office's own reason, for the record.</param>
    public sealed record NewValue(string Field, string Value, string? Why = null);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Assumptions).NotEmpty();
            RuleForEach(command => command.Assumptions).Must(value => value is { Field: not null, Value: not null }).WithErrorCode("request.missing-member");
        }
    }

    internal sealed class Handler(
        Session session, CurrentUser user, CatalogueSource catalogues, DefinitionPublisher publisher, ScheduleWriter schedules,
        AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, DutyView>
    {
        public async Task<DutyView> Handle(Command command, CancellationToken ct)
        {
            var duty = await DutyAccess.Find(session, catalogues, user.Actor, command.DutyId, ct);
            PlanAccess.RequireOffice(user.Actor);
            var ladders = (await catalogues.Current(session, ct)).Set.Ladders;
            command.Assumptions.Aggregate(duty, (known, value) => Checked(known, value, ladders.ContainsKey));
            foreach (var value in command.Assumptions)
            {
                await Set(duty.Id, value, ct);
            }

            var catalogue = await catalogues.Current(session, ct);
            var details = new Dictionary<string, object?> { ["duty"] = duty.Id, ["assumptions"] = command.Assumptions };
            await audit.Append(
                [new AuditDraft(duty.Jurisdiction, user.Actor.Unit, clock.Now, catalogue.Reckoning(duty.Jurisdiction).Zone, user.Actor, "set-assumptions", details)], ct);
            await session.Db.SaveChangesAsync(ct);
            await publisher.Apply(ct);

            var changed = (await catalogues.Current(session, ct)).Duty(duty.Id)!;
            var plan = await session.Db.Plans.AsNoTracking().SingleAsync(plan => plan.Id == duty.Plan, ct);
            if (plan.Begun)
            {
                await schedules.Set(changed, plan, await catalogues.Current(session, ct), clock.Now, ct);
            }

            return DutyView.Of(changed);
        }

        private static Duty Checked(Duty duty, NewValue value, Func<string, bool> isLadder)
        {
            if (value.Field == "ladder" && !isLadder(value.Value))
            {
                throw new RuleBrokenException("definition.unknown-ladder", RuleKind.Invalid, value.Value);
            }

            if (value.Field == "schedule.cron")
            {
                RequireCron(value.Value);
            }

            return duty.With(value.Field, value.Value);
        }

        private static void RequireCron(string cron)
        {
            try
            {
                Cron.Parse(cron);
            }
            catch (FormatException broken)
            {
                throw new RuleBrokenException("definition.bad-cron", RuleKind.Invalid, cron, broken.Message);
            }
        }

        private async Task Set(string duty, NewValue value, CancellationToken ct)
        {
            var row = await session.Db.Overlays.AsTracking().SingleOrDefaultAsync(overlay => overlay.DutyId == duty && overlay.Field == value.Field, ct);
            if (row is null)
            {
                session.Db.Overlays.Add(new AssumptionOverlay { DutyId = duty, Field = value.Field, Value = value.Value, SetBy = user.Actor.UserName, SetAt = clock.Now });
            }
            else
            {
                (row.Value, row.SetBy, row.SetAt) = (value.Value, user.Actor.UserName, clock.Now);
            }
        }
    }
}
