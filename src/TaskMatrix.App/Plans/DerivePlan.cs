using System.Text.RegularExpressions;
using FluentValidation;
using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Plans;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Plans;

/// <summary>
/// 各镇街可参照本工作方案,制定本行政区域内…的防控工作方案: a town or street makes a plan of its own from the district's. Its area
/// becomes a jurisdiction below; the duties taken over are copied and keep where they came from.
/// </summary>
public static partial class DerivePlan
{
    /// <param name="Unit">Of the plan's jurisdiction, a town or street.</param>
    /// <param name="Units">Of the area, beside leading group, its office and the government.</param>
    /// <param name="Text">Must hold every sentence taken over word for word; null: one is written from them.</param>
    public sealed record Command(
        string PlanId, string Unit, Area Jurisdiction, string Title, string? Number, DateOnly IssuedOn, IReadOnlyList<AreaUnit> Units,
        IReadOnlyList<Taken> Duties, string? Text) : IRequest<Result>, ICommand;

    /// <param name="Id">New and unique; definitions and accounts of the area begin with it.</param>
    /// <param name="NumberPrefix">First part of its task numbers.</param>
    public sealed record Area(string Id, string Name, string? English, string NumberPrefix);

    public sealed record AreaUnit(string Id, string Name, string? English = null, IReadOnlyList<string>? Classes = null);

    /// <param name="From">Id of a duty of the plan above.</param>
    /// <param name="LeadUnit">Unit of the area.</param>
    public sealed record Taken(string From, string LeadUnit);

    /// <param name="Plan">The new one, a draft.</param>
    public sealed record Result(PlanView Plan, JurisdictionView Jurisdiction, IReadOnlyList<string> Duties);

    internal sealed class Validator : AbstractValidator<Command>
    {
        private const int Longest = 100, MostUnits = 100;

        public Validator()
        {
            RuleFor(command => command.Unit).NotEmpty();
            RuleFor(command => command.Title).NotEmpty().MaximumLength(500);
            RuleFor(command => command.Number).MaximumLength(Longest);
            RuleFor(command => command.IssuedOn).NotEqual(default(DateOnly));
            RuleFor(command => command.Text).MaximumLength(500_000);
            RuleFor(command => command.Jurisdiction.Id).Must(id => Ids().IsMatch(id) && !Reserved.Contains(id)).WithErrorCode("jurisdiction.bad-id").OverridePropertyName("jurisdiction.id");
            RuleFor(command => command.Jurisdiction.Name).NotEmpty().MaximumLength(Longest).OverridePropertyName("jurisdiction.name");
            RuleFor(command => command.Jurisdiction.English).MaximumLength(Longest).OverridePropertyName("jurisdiction.english");
            RuleFor(command => command.Jurisdiction.NumberPrefix).NotEmpty().MaximumLength(20).OverridePropertyName("jurisdiction.numberPrefix");
            RuleFor(command => command.Units).Must(units => units.Count <= MostUnits && units.All(unit => unit is { Id.Length: > 0, Name.Length: > 0 and <= Longest })).WithErrorCode("unit.bad-names");
            RuleFor(command => command.Duties).NotEmpty();
            RuleFor(command => command.Duties).Must(duties => duties.Count <= DerivedText.MostSections && duties.All(duty => duty is { From.Length: > 0, LeadUnit.Length: > 0 })).WithErrorCode("plan.bad-duties");
        }

        /// <summary>First parts of definitions that are no jurisdiction's.</summary>
        private static readonly string[] Reserved = ["calendars", "escalations", "forms", "seed", "document", "events", "processes"];
    }

    internal sealed class Handler(
        Session session, CurrentUser user, CatalogueSource catalogues, DefinitionPublisher publisher, AuditWriter audit, DomainClock clock, DemoMode demo, IMediator mediator)
        : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            var actor = user.Actor;
            var above = await PlanAccess.Load(session, actor, command.PlanId, ct);
            var catalogue = await catalogues.Current(session, ct);
            var set = catalogue.Set;
            var unit = set.Unit(above.Jurisdiction, command.Unit) ?? throw Invalid("unit", "unit.unknown", command.Unit);
            DeriveRules.RequireMaker(actor, unit);
            Check(command, above, unit, set);

            var place = Place(command, set.Jurisdiction(above.Jurisdiction)!, unit);
            var units = AreaUnits.Of(command, place, unit);
            await OrganisationWriter.Add(session.Db, place, units, ct);
            var (plan, yaml, duties) = new DerivedDefinition(command, above, place, units, set).Write();
            session.Db.Plans.Add(plan);
            publisher.Add($"{place.Id}.plan", 1, yaml, actor.UserName, shipped: false, clock.Now);
            await session.Db.SaveChangesAsync(ct);
            await Publish(yaml, ct);
            if (demo.PasswordHash is { } hash)
            {
                await mediator.Send(new AddDemoAccounts.Command(hash), ct);
            }

            var now = await catalogues.Current(session, ct);
            await Record(command, above, plan, place, now, duties, ct);
            return new Result(
                PlanView.Of(plan, now, clock.Now), new JurisdictionView(place.Id, place.Name, place.English, place.Zone, place.Parent, place.ParentUnit), duties);
        }

        /// <exception cref="DefinitionException">A problem of the file of duties names the duty that was taken over.</exception>
        private async Task Publish(string yaml, CancellationToken ct)
        {
            try
            {
                await publisher.Apply(ct);
            }
            catch (DefinitionException broken)
            {
                throw new DefinitionException([.. broken.Problems.Select(problem => problem with { Duty = DutyYaml.SourceAt(yaml, problem.Line) })]);
            }
        }

        private static void Check(Command command, Plan above, OrganisationUnit unit, DefinitionSet set)
        {
            DeriveRules.RequireTown(unit);
            PlanAccess.Require(above.Status != PlanStatus.Ended, "plan.wrong-status", above.Status);
            PlanAccess.Require(set.Jurisdiction(command.Jurisdiction.Id) is null, "jurisdiction.taken", command.Jurisdiction.Id);
            PlanAccess.Require(set.AreaOf(above.Jurisdiction, unit.Id) is null, "plan.derived-before", unit.Name);
            foreach (var taken in command.Duties)
            {
                _ = set.Duty(taken.From) is { } duty && duty.Plan == above.Id ? duty : throw Invalid("duties", "plan.duty-unknown", taken.From);
            }
        }

        private static Jurisdiction Place(Command command, Jurisdiction above, OrganisationUnit unit) =>
            new(command.Jurisdiction.Id, command.Jurisdiction.Name, command.Jurisdiction.English ?? "", above.Zone, above.Calendar, command.Jurisdiction.NumberPrefix)
            {
                Parent = above.Id, ParentUnit = unit.Id,
            };

        /// <summary>In both places: the plan above was used, and the area's own record begins.</summary>
        private async Task Record(Command command, Plan above, Plan plan, Jurisdiction place, Catalogue catalogue, IReadOnlyList<string> duties, CancellationToken ct)
        {
            var shared = Guid.CreateVersion7().ToString("N");
            var details = new Dictionary<string, object?>
            {
                ["plan"] = above.Id, ["unit"] = command.Unit, ["derivedPlan"] = plan.Id, ["jurisdiction"] = place.Id, ["title"] = plan.Title,
                ["documentSha256"] = plan.DocumentSha256, ["duties"] = duties,
            };
            var zone = catalogue.Reckoning(above.Jurisdiction).Zone;
            await audit.Append(
                [
                    new AuditDraft(above.Jurisdiction, user.Actor.Unit, clock.Now, zone, user.Actor, "derive-plan", details, SharedId: shared),
                    new AuditDraft(place.Id, Actor.OfficeUnit, clock.Now, zone, user.Actor, "derive-plan", details, SharedId: shared),
                ],
                ct);
        }
    }

    internal static ValidationException Invalid(string field, string code, string value) =>
        new([new FluentValidation.Results.ValidationFailure(field, code, value) { ErrorCode = code }]);

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex Ids();
}

/// <summary>Who may make a plan from another one, and for whom.</summary>
internal static class DeriveRules
{
    /// <summary>Class of the units that have an area of their own.</summary>
    public const string Town = "town-street";

    /// <exception cref="RuleBrokenException">plan.not-allowed (403)</exception>
    public static void RequireMaker(Actor actor, OrganisationUnit unit)
    {
        if (!actor.Is(Role.Office) && !actor.IsHeadOf(unit.Id))
        {
            throw new RuleBrokenException("plan.not-allowed", RuleKind.Forbidden);
        }
    }

    /// <exception cref="RuleBrokenException">plan.not-a-town, unit.closed (409)</exception>
    public static void RequireTown(OrganisationUnit unit)
    {
        PlanAccess.Require(unit.Classes.Contains(Town), "plan.not-a-town", unit.Name);
        PlanAccess.Require(unit.ClosedAt is null, "unit.closed", unit.Name);
    }
}
