using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Inspections;

/// <summary>卷宗 of an inspection, about to leave the system: it is recorded who takes it. <see cref="WriteDossier"/> then writes it.</summary>
public static class ExportDossier
{
    public sealed record Command(Guid Id) : IRequest<Result>, ICommand;

    public sealed record Result(string Number);

    internal sealed class Handler(InspectionLedger inspections, InspectionExports exports, CurrentUser user) : IRequestHandler<Command, Result>
    {
        /// <exception cref="RuleBrokenException">inspection.not-allowed (403): for the team, which does not get the record of the unit</exception>
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            var inspection = await inspections.Load(command.Id, null, user.Actor, ct);
            if (!inspection.MayTakeDossier(user.Actor))
            {
                throw new RuleBrokenException("inspection.not-allowed", RuleKind.Forbidden);
            }

            await exports.Record(inspection, "dossier.zip", user.Actor, ct);
            return new Result(inspection.Number);
        }
    }
}

/// <summary>督办通知书 about to leave the system: an order of an inspection, and who takes it is recorded.</summary>
public static class ExportOrder
{
    /// <param name="Order">Its number; null: the newest.</param>
    public sealed record Command(Guid Id, string? Order) : IRequest<Result>, ICommand;

    /// <param name="Tasks">What the inspection is about.</param>
    public sealed record Result(SupervisionOrder Order, string Unit, string Jurisdiction, string Inspection, string Reason, IReadOnlyList<OrderedAbout> Tasks);

    /// <summary>A task as a notice names it.</summary>
    public sealed record OrderedAbout(string Number, string Title, string English, DateTimeOffset? DueAt, DateTimeOffset? LateSince);

    internal sealed class Handler(InspectionLedger inspections, InspectionReader reader, InspectionExports exports, CurrentUser user) : IRequestHandler<Command, Result>
    {
        /// <exception cref="NotFoundException">No such order, or none yet.</exception>
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            var inspection = await inspections.Load(command.Id, null, user.Actor, ct);
            var order = inspection.Orders.LastOrDefault(order => command.Order is null || order.Number == command.Order) ?? throw new NotFoundException("order", command.Order ?? "");
            await exports.Record(inspection, "order.docx", user.Actor, ct);
            var tasks = await reader.TasksOf(inspection, ct);
            return new Result(
                order, inspection.Unit, inspection.Jurisdiction, inspection.Number, inspection.Reason,
                [.. tasks.Select(task => new OrderedAbout(task.Number, task.Title, task.English, task.DueAt, task.OverdueSince ?? task.AckBreachedAt))]);
        }
    }
}

/// <summary>Records what leaves the system, in the chain of who takes it.</summary>
public sealed class InspectionExports(Session session, CatalogueSource catalogues, AuditWriter audit, DomainClock clock)
{
    public async Task Record(Inspection inspection, string what, Actor actor, CancellationToken ct)
    {
        var details = new Dictionary<string, object?> { ["export"] = what, ["number"] = inspection.Number, ["id"] = inspection.Key };
        var zone = (await catalogues.Current(session, ct)).Reckoning(inspection.Jurisdiction).Zone;
        await audit.Append([new AuditDraft(inspection.Jurisdiction, actor.Unit, clock.Now, zone, actor, "export", details)], ct);
    }
}
