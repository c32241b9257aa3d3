using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>A process as SVG; with a task, in the version it runs on and with the steps where its run stands marked.</summary>
public static class DrawWorkflow
{
    /// <param name="Version">Null: the newest. A task is drawn in its own.</param>
    /// <param name="Standing">Adds to each step how many open tasks stand there, of those the caller may see.</param>
    public sealed record Query(string Id, Guid? TaskId, bool English, int? Version = null, bool Standing = false) : IRequest<Drawing>;

    /// <param name="Title">Of the process, in the language asked for.</param>
    /// <param name="Here">Names of the steps where the run of the task stands; empty without a task, and once it has ended.</param>
    /// <param name="Steps">How many of its steps are tasks.</param>
    public sealed record Drawing(string Svg, string Title, IReadOnlyList<string> Here, int Steps);

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock) : IRequestHandler<Query, Drawing>
    {
        public async Task<Drawing> Handle(Query query, CancellationToken ct)
        {
            var catalogue = await catalogues.Current(session, ct);
            if (!PlanAccess.MayRead(user.Actor) || !catalogue.Set.Processes.TryGetValue(query.Id, out var newest))
            {
                throw new NotFoundException("workflow", query.Id);
            }

            return query.TaskId is { } id ? await OfTask(id, query, catalogue, ct) : Of(await Process(query, catalogue, newest, ct), new HashSet<string>(), query, await Counts(query, newest, ct));
        }

        private async Task<ProcessDefinition> Process(Query query, Catalogue catalogue, ProcessDefinition newest, CancellationToken ct)
        {
            if (query.Version is not { } version || version == newest.Version)
            {
                return newest;
            }

            return await session.Db.Definitions.AsNoTracking().AnyAsync(row => row.Id == query.Id && row.Version == version, ct)
                ? catalogue.Process(query.Id, version)
                : throw new NotFoundException("workflow", query.Id);
        }

        private async Task<Drawing> OfTask(Guid id, Query query, Catalogue catalogue, CancellationToken ct)
        {
            var task = await session.Db.Tasks.AsNoTracking().SingleOrDefaultAsync(task => task.Id == id, ct);
            if (task is null || !task.VisibleTo(user.Actor) || task.Workflow != query.Id)
            {
                throw new NotFoundException("task", id.ToString());
            }

            var open = await session.Db.Tasks.AsNoTracking().Where(other => other.Run == task.Run && other.Activation == task.Activation && TaskStates.Open.Contains(other.State))
                .Select(other => other.Step!).Distinct().ToListAsync(ct);
            return Of(catalogue.Process(query.Id, task.WorkflowVersion!.Value), open.ToHashSet(), query, null);
        }

        private async Task<Dictionary<string, Standing>?> Counts(Query query, ProcessDefinition newest, CancellationToken ct) => !query.Standing ? null
            : (await GetWorkflowStanding.Counts(session, user.Actor, query.Id, clock.Now, ct))
                .Where(count => count.Key.Version == (query.Version ?? newest.Version)).ToDictionary(count => count.Key.Step, count => count.Value);

        private static Drawing Of(ProcessDefinition process, IReadOnlySet<string> marked, Query query, IReadOnlyDictionary<string, Standing>? standing) => new(
            ProcessDiagram.Draw(process, marked, query.English, standing), query.English ? process.English : process.Title,
            [.. process.Steps.Where(step => marked.Contains(step.Id)).Select(step => query.English ? step.English : step.Title)], process.Steps.Count(step => step is WorkStep));
    }
}
