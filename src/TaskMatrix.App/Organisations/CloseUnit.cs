using FluentValidation;
using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Organisations;

/// <summary>
/// A unit is closed: collective duties leave it out and nothing is given to it any more. What it still has stays open, and the
/// office gives it to others.
/// </summary>
public static class CloseUnit
{
    public sealed record Command(string Jurisdiction, string UnitId, string Reason) : IRequest<UnitView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(2000);
    }

    internal sealed class Handler(
        Session session, CurrentUser user, CatalogueSource catalogues, DefinitionPublisher publisher, AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, UnitView>
    {
        public async Task<UnitView> Handle(Command command, CancellationToken ct)
        {
            var catalogue = await catalogues.Current(session, ct);
            var unit = command.Jurisdiction == user.Actor.Jurisdiction && catalogue.Set.Unit(command.Jurisdiction, command.UnitId) is { } known
                ? known
                : throw new NotFoundException("unit", command.UnitId);
            UnitAccess.RequireOffice(user.Actor, command.Jurisdiction);
            UnitRules.CheckClosing(unit);
            RequireUnused(unit, catalogue);

            var closed = unit with { ClosedAt = clock.Now };
            await OrganisationWriter.Change(session.Db, closed, ct);
            await audit.Append([UnitAccess.Entry(unit, "close-unit", user.Actor, catalogue, clock.Now, new() { ["reason"] = command.Reason })], ct);
            await Publish(closed, ct);
            return ListUnits.Handler.View(closed);
        }

        /// <summary>A duty that is given to this unit and no class would be nobody's.</summary>
        private static void RequireUnused(OrganisationUnit unit, Catalogue catalogue)
        {
            if (catalogue.Set.Duties.Find(duty => duty.Jurisdiction == unit.Jurisdiction && duty.UnitClass is null && duty.LeadUnits.Contains(unit.Id)) is { } duty)
            {
                throw new RuleBrokenException("unit.in-use", RuleKind.Conflict, unit.Name, duty.Title);
            }
        }

        /// <summary>The last unit of a class that duties name cannot go.</summary>
        private async Task Publish(OrganisationUnit unit, CancellationToken ct)
        {
            try
            {
                await publisher.Apply(ct);
            }
            catch (DefinitionException broken)
            {
                throw new RuleBrokenException("unit.in-use", RuleKind.Conflict, unit.Name, broken.Problems[0].Arguments.FirstOrDefault() ?? "");
            }
        }
    }
}
