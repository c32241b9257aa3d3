using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Workflows;

/// <summary>A published definition.</summary>
/// <param name="Kind">process, duties, escalation, calendar, events, form, seed or document.</param>
/// <param name="Text">The YAML or JSON as published; left out in lists.</param>
/// <param name="Title">Of a process, ladder, form or calendar, as its newest version has it; null for what has no title.</param>
public sealed record WorkflowView(
    string Id, string Kind, int Version, string Sha256, DateTimeOffset PublishedAt, string PublishedBy, bool Shipped, string? Text, string? Title = null, string? English = null);

/// <summary>The newest version of every definition the caller's jurisdiction uses.</summary>
public static class ListWorkflows
{
    public sealed record Query : IRequest<IReadOnlyList<WorkflowView>>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues) : IRequestHandler<Query, IReadOnlyList<WorkflowView>>
    {
        public async Task<IReadOnlyList<WorkflowView>> Handle(Query query, CancellationToken ct)
        {
            var places = await session.Db.Jurisdictions.AsNoTracking().Select(place => place.Id).ToListAsync(ct);
            var rows = await session.Db.Definitions.AsNoTracking().ToListAsync(ct);
            var set = (await catalogues.Current(session, ct)).Set;
            return [.. rows.GroupBy(row => row.Id).Select(versions => versions.MaxBy(row => row.Version)!)
                .Where(row => WorkflowAccess.MayRead(user.Actor, row.Id, places)).OrderBy(row => row.Id, StringComparer.Ordinal)
                .Select(row => WorkflowAccess.View(row, set) with { Text = null })];
        }
    }
}

/// <summary>One version of a definition; the newest when none is named.</summary>
public static class GetWorkflow
{
    public sealed record Query(string Id, int? Version) : IRequest<WorkflowView>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues) : IRequestHandler<Query, WorkflowView>
    {
        public async Task<WorkflowView> Handle(Query query, CancellationToken ct)
        {
            var places = await session.Db.Jurisdictions.AsNoTracking().Select(place => place.Id).ToListAsync(ct);
            var rows = session.Db.Definitions.AsNoTracking().Where(row => row.Id == query.Id);
            rows = query.Version is { } version ? rows.Where(row => row.Version == version) : rows;
            var row = await rows.OrderByDescending(row => row.Version).FirstOrDefaultAsync(ct);
            return row is not null && WorkflowAccess.MayRead(user.Actor, row.Id, places)
                ? WorkflowAccess.View(row, (await catalogues.Current(session, ct)).Set)
                : throw new NotFoundException("workflow", query.Id);
        }
    }
}

internal static class WorkflowAccess
{
    /// <summary>What all share, and what is the own jurisdiction's.</summary>
    public static bool MayRead(Engine.Organisations.Actor actor, string id, IReadOnlyList<string> places) =>
        PlanAccess.MayRead(actor) && !places.Any(place => place != actor.Jurisdiction
            && (id.StartsWith(place + ".", StringComparison.Ordinal) || id == "seed." + place || id.StartsWith($"{DefinitionPublisher.DocumentPrefix}documents/{place}", StringComparison.Ordinal)));

    /// <exception cref="RuleBrokenException">workflow.not-allowed (403)</exception>
    public static void RequireOffice(Engine.Organisations.Actor actor)
    {
        if (!actor.Is(Engine.Organisations.Role.Office))
        {
            throw new RuleBrokenException("workflow.not-allowed", RuleKind.Forbidden);
        }
    }

    public static WorkflowView View(StoredDefinition row, DefinitionSet set)
    {
        var (title, english) = NameOf(row.Id, set);
        return new(row.Id, KindOf(row.Id), row.Version, row.Sha256, row.PublishedAt, row.PublishedBy, row.Shipped, row.Text, title, english);
    }

    private static (string? Title, string? English) NameOf(string id, DefinitionSet set) => (DefinitionKinds.Of(id), DefinitionKinds.NameIn(id)) switch
    {
        (DefinitionKind.Process, var name) => (set.Processes.GetValueOrDefault(name)?.Title, set.Processes.GetValueOrDefault(name)?.English),
        (DefinitionKind.Ladder, var name) => (set.Ladders.GetValueOrDefault(name)?.Name, set.Ladders.GetValueOrDefault(name)?.English),
        (DefinitionKind.Form, var name) => (set.Forms.GetValueOrDefault(name)?.Title, set.Forms.GetValueOrDefault(name)?.English),
        (DefinitionKind.Calendar, var name) => (set.Calendars.GetValueOrDefault(name)?.Title, set.Calendars.GetValueOrDefault(name)?.English),
        _ => (null, null),
    };

    private static string KindOf(string id) => id.Split('.', ':') switch
    {
        ["events"] => "events",
        ["document", ..] => "document",
        ["escalations", ..] => "escalation",
        ["calendars", ..] => "calendar",
        ["forms", ..] => "form",
        ["seed", ..] => "seed",
        [_] => "process",
        _ => "duties",
    };
}
