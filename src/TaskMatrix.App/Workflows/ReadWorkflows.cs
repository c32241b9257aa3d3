using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Workflows;

/// <summary>A published definition.</summary>
/// <param name="Kind">process, duties, escalation, calendar, events, form, seed or document.</param>
/// <param name="Text">The YAML or JSON as published; left out in lists.</param>
/// <param name="Title">Of a process, in lists; null for what has no title.</param>
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
            var processes = (await catalogues.Current(session.Db, ct)).Set.Processes;
            return [.. rows.GroupBy(row => row.Id).Select(versions => versions.MaxBy(row => row.Version)!)
                .Where(row => WorkflowAccess.MayRead(user.Actor, row.Id, places)).OrderBy(row => row.Id, StringComparer.Ordinal)
                .Select(row => WorkflowAccess.View(row) with { Text = null, Title = processes.GetValueOrDefault(row.Id)?.Title, English = processes.GetValueOrDefault(row.Id)?.English })];
        }
    }
}

/// <summary>One version of a definition; the newest when none is named.</summary>
public static class GetWorkflow
{
    public sealed record Query(string Id, int? Version) : IRequest<WorkflowView>;

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Query, WorkflowView>
    {
        public async Task<WorkflowView> Handle(Query query, CancellationToken ct)
        {
            var places = await session.Db.Jurisdictions.AsNoTracking().Select(place => place.Id).ToListAsync(ct);
            var rows = session.Db.Definitions.AsNoTracking().Where(row => row.Id == query.Id);
            rows = query.Version is { } version ? rows.Where(row => row.Version == version) : rows;
            var row = await rows.OrderByDescending(row => row.Version).FirstOrDefaultAsync(ct);
            return row is not null && WorkflowAccess.MayRead(user.Actor, row.Id, places) ? WorkflowAccess.View(row) : throw new NotFoundException("workflow", query.Id);
        }
    }
}

internal static class WorkflowAccess
{
    /// <summary>What all share, and what is the own jurisdiction's.</summary>
    public static bool MayRead(Engine.Organisations.Actor actor, string id, IReadOnlyList<string> places) =>
        PlanAccess.MayRead(actor) && !places.Any(place => place != actor.Jurisdiction
            && (id.StartsWith(place + ".", StringComparison.Ordinal) || id == "seed." + place || id.StartsWith($"{DefinitionPublisher.DocumentPrefix}documents/{place}", StringComparison.Ordinal)));

    public static WorkflowView View(StoredDefinition row) =>
        new(row.Id, KindOf(row.Id), row.Version, row.Sha256, row.PublishedAt, row.PublishedBy, row.Shipped, row.Text);

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
