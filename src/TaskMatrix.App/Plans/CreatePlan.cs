using FluentValidation;
using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Plans;

/// <summary>A plan from any text; its duties come as YAML through the workflow calls.</summary>
public static class CreatePlan
{
    public sealed record Command(string? Jurisdiction, string Title, string? Number, DateOnly IssuedOn, string Text) : IRequest<PlanView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Title).NotEmpty().MaximumLength(500);
            RuleFor(command => command.Number).MaximumLength(100);
            RuleFor(command => command.Text).NotEmpty().MaximumLength(500_000);
            RuleFor(command => command.IssuedOn).NotEmpty();
        }
    }

    internal sealed class Handler(
        Session session, CurrentUser user, DomainClock clock, AuditWriter audit, CatalogueSource catalogues, DefinitionPublisher publisher)
        : IRequestHandler<Command, PlanView>
    {
        public async Task<PlanView> Handle(Command command, CancellationToken ct)
        {
            var actor = user.Actor;
            if ((command.Jurisdiction ?? actor.Jurisdiction) != actor.Jurisdiction)
            {
                throw new NotFoundException("jurisdiction", command.Jurisdiction!);
            }

            PlanAccess.RequireOffice(actor);
            var id = $"{actor.Jurisdiction}-{command.IssuedOn:yyyyMMdd}-{Guid.CreateVersion7().ToString("N")[^6..]}";
            var plan = Plan.Of(new PlanDefinition(id, actor.Jurisdiction, command.Title, "", command.Number ?? "", command.IssuedOn, command.Text, null, [], []));
            session.Db.Plans.Add(plan);

            var zone = (await catalogues.Current(session, ct)).Reckoning(actor.Jurisdiction).Zone;
            var details = new Dictionary<string, object?> { ["plan"] = id, ["title"] = plan.Title, ["documentSha256"] = plan.DocumentSha256 };
            await audit.Append([new AuditDraft(actor.Jurisdiction, actor.Unit, clock.Now, zone, actor, "create-plan", details)], ct);
            await session.Db.SaveChangesAsync(ct);
            await publisher.Apply(ct);
            return PlanView.Of(plan, await catalogues.Current(session, ct), clock.Now);
        }
    }
}
