using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Checks a definition without publishing it.</summary>
public static class ValidateWorkflow
{
    /// <param name="Id">Null: told by what the text says, else checked as a process.</param>
    /// <param name="English">Language of the diagram.</param>
    public sealed record Query(string? Id, string Yaml, bool English = false) : IRequest<Result>;

    /// <param name="Diagram">SVG of the process as it would be; null with problems, and for what is no process.</param>
    public sealed record Result(bool Ok, IReadOnlyList<DefinitionProblem> Problems, string? Diagram = null);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(query => query.Yaml).NotNull().MaximumLength(500_000);
    }

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            WorkflowAccess.RequireOffice(user.Actor);
            var set = (await catalogues.Current(session, ct)).Set;
            var id = query.Id ?? DefinitionLoader.IdOf(set, query.Yaml) ?? "process";
            try
            {
                var changed = DefinitionLoader.With(set, id, 1, query.Yaml);
                return new Result(true, [], changed.Processes.TryGetValue(id, out var process) ? ProcessDiagram.Draw(process, new HashSet<string>(), query.English) : null);
            }
            catch (DefinitionException broken)
            {
                return new Result(false, broken.Problems);
            }
        }
    }
}

/// <summary>Publishes a new version; running tasks keep theirs.</summary>
public static class PublishWorkflow
{
    /// <param name="BasedOn">Version that was looked at when this was written; null: whatever is in force.</param>
    public sealed record Command(string Id, string Yaml, int? BasedOn = null) : IRequest<WorkflowView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Yaml).NotEmpty().MaximumLength(500_000);
    }

    internal sealed class Handler(
        Session session, CurrentUser user, CatalogueSource catalogues, DefinitionPublisher publisher, ScheduleWriter schedules, AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, WorkflowView>
    {
        public async Task<WorkflowView> Handle(Command command, CancellationToken ct)
        {
            var actor = user.Actor;
            DefinitionIds.RequirePublishable(command.Id, actor);
            await RequireNobodyElses(command.Id, ct);
            var before = await catalogues.Current(session, ct);
            var version = 1 + await session.Db.Definitions.CountAsync(row => row.Id == command.Id, ct);
            if (command.BasedOn is { } seen && seen != version - 1)
            {
                throw new RuleBrokenException("definition.version-conflict", RuleKind.Conflict, version - 1);
            }

            DefinitionLoader.With(before.Set, command.Id, version, command.Yaml);

            publisher.Add(command.Id, version, command.Yaml, actor.UserName, shipped: false, clock.Now);
            var details = new Dictionary<string, object?> { ["workflow"] = command.Id, ["version"] = version };
            await audit.Append([new AuditDraft(actor.Jurisdiction, actor.Unit, clock.Now, before.Reckoning(actor.Jurisdiction).Zone, actor, "publish-workflow", details)], ct);
            await session.Db.SaveChangesAsync(ct);
            await publisher.Apply(ct);
            await SetSchedules(command.Id, ct);
            return WorkflowAccess.View(await session.Db.Definitions.SingleAsync(row => row.Id == command.Id && row.Version == version, ct), (await catalogues.Current(session, ct)).Set);
        }

        /// <summary>A process that an office of another jurisdiction made is that office's; the shipped ones are everybody's, and duties are their jurisdiction's whoever first published them.</summary>
        private async Task RequireNobodyElses(string id, CancellationToken ct)
        {
            var first = await session.Db.Definitions.AsNoTracking().Where(row => row.Id == id).OrderBy(row => row.Version).FirstOrDefaultAsync(ct);
            if (!id.Contains('.') && first is { Shipped: false } && await session.Db.Accounts.AnyAsync(account => account.UserName == first.PublishedBy && account.Jurisdiction != user.Actor.Jurisdiction, ct))
            {
                throw new NotFoundException("workflow", id);
            }
        }

        /// <summary>Recurring duties of a plan in force follow at once; the tasks they have made stay as they are.</summary>
        private async Task SetSchedules(string definition, CancellationToken ct)
        {
            var catalogue = await catalogues.Current(session, ct);
            var duties = catalogue.Set.Duties.Where(duty => duty.Definition == definition).ToList();
            var ids = duties.Select(duty => duty.Plan).Distinct().ToList();
            var begun = await session.Db.Plans.AsNoTracking().Where(plan => ids.Contains(plan.Id) && plan.Begun).ToDictionaryAsync(plan => plan.Id, ct);
            foreach (var duty in duties.Where(duty => begun.ContainsKey(duty.Plan)))
            {
                await schedules.Set(duty, begun[duty.Plan], catalogue, clock.Now, ct);
            }
        }
    }
}
