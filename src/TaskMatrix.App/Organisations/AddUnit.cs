using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Organisations;

/// <summary>
/// The office adds a unit that the document does not name, a village for example. Collective duties of its classes are its
/// duties from then on: their first tasks at once, the day's occurrence where its due time is still ahead.
/// </summary>
public static class AddUnit
{
    /// <param name="Classes">Of those that units of the jurisdiction have already.</param>
    public sealed record Command(
        string Jurisdiction, string Id, string Name, string? English, IReadOnlyList<string>? Aliases, IReadOnlyList<string>? Classes) : IRequest<UnitView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        private const int Longest = 100, Most = 20;

        public Validator()
        {
            RuleFor(command => command.Id).NotEmpty();
            RuleFor(command => command.Name).NotEmpty().MaximumLength(Longest);
            RuleFor(command => command.English).MaximumLength(Longest);
            RuleFor(command => command.Aliases).Must(Listed).WithErrorCode("unit.bad-names");
            RuleFor(command => command.Classes).Must(Listed).WithErrorCode("unit.bad-names");
        }

        private static bool Listed(IReadOnlyList<string>? names) =>
            names is null || (names.Count <= Most && names.All(name => !string.IsNullOrWhiteSpace(name) && name.Length <= Longest));
    }

    internal sealed class Handler(
        Session session, CurrentUser user, CatalogueSource catalogues, DefinitionPublisher publisher, DutyBeginning beginning, DutyIssuer issuer,
        TaskLedger ledger, AuditWriter audit, DomainClock clock, DemoMode demo, IMediator mediator)
        : IRequestHandler<Command, UnitView>
    {
        public async Task<UnitView> Handle(Command command, CancellationToken ct)
        {
            var before = await catalogues.Current(session, ct);
            UnitAccess.RequireOffice(user.Actor, command.Jurisdiction);
            var others = before.Set.UnitsOf(command.Jurisdiction);
            var unit = new OrganisationUnit(
                command.Jurisdiction, command.Id, others.Max(other => other.Ordinal) + 1, command.Name, command.English ?? "", [.. (command.Aliases ?? []).Distinct()],
                UnitRules.WithImplied(command.Classes ?? [], others), UnitRules.DefaultPosts(command.Name, command.English ?? "")) { Added = true };
            UnitRules.Check(unit, others);

            await OrganisationWriter.Add(session.Db, unit, ct);
            await audit.Append([UnitAccess.Entry(unit, "add-unit", user.Actor, before, clock.Now, new() { ["name"] = unit.Name, ["classes"] = unit.Classes })], ct);
            await publisher.Apply(ct);
            if (demo.PasswordHash is { } hash)
            {
                await mediator.Send(new AddDemoAccounts.Command(hash), ct);
            }

            var catalogue = await catalogues.Current(session, ct);
            await FanOut(unit, catalogue, ct);
            return ListUnits.Handler.View(unit);
        }

        /// <summary>Open collective duties of plans in force.</summary>
        private async Task FanOut(OrganisationUnit unit, Catalogue catalogue, CancellationToken ct)
        {
            var plans = await session.Db.Plans.AsNoTracking()
                .Where(plan => plan.Jurisdiction == unit.Jurisdiction && plan.Status == PlanStatus.Active && plan.Begun).OrderBy(plan => plan.Id).ToListAsync(ct);
            var wanted = new List<DutyTask>();
            foreach (var plan in plans)
            {
                foreach (var duty in DutyBeginning.InForce(plan, catalogue).Where(duty => duty.UnitClass is not null && duty.LeadUnits.Contains(unit.Id)))
                {
                    wanted.AddRange(await beginning.InTheMidst(duty, plan, catalogue, clock.Now, ct));
                }
            }

            await ledger.CommitAll(await issuer.Issue([.. wanted.Where(task => task.RunUnit == unit.Id)], catalogue, ct), ct);
        }
    }
}
