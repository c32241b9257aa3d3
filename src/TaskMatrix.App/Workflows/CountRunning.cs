using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Workflows;

/// <summary>Open tasks of the caller's jurisdiction that keep a version of a process, or of a duty of a file of duties.</summary>
/// <param name="Name">Id of the process or the duty.</param>
/// <param name="Newest">Whether tasks issued now would get this version.</param>
public sealed record RunningVersion(string Name, int Version, bool Newest, int Open, DateTimeOffset? NextDue);

/// <summary>Which running tasks keep which version of a definition.</summary>
public static class CountRunning
{
    public sealed record Query(string Id) : IRequest<IReadOnlyList<RunningVersion>>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, IMediator mediator) : IRequestHandler<Query, IReadOnlyList<RunningVersion>>
    {
        public async Task<IReadOnlyList<RunningVersion>> Handle(Query query, CancellationToken ct)
        {
            await mediator.Send(new GetWorkflow.Query(query.Id, null), ct);
            if (!user.Actor.Oversees)
            {
                return [];
            }

            var set = (await catalogues.Current(session, ct)).Set;
            return DefinitionKinds.Of(query.Id) switch
            {
                DefinitionKind.Process => await OfProcess(query.Id, set, ct),
                DefinitionKind.Duties => await OfDuties(query.Id, set, ct),
                _ => [],
            };
        }

        private async Task<IReadOnlyList<RunningVersion>> OfProcess(string id, DefinitionSet set, CancellationToken ct)
        {
            var rows = await Open().Where(task => task.Workflow == id && task.WorkflowVersion != null).GroupBy(task => task.WorkflowVersion!.Value)
                .Select(group => new { group.Key, Count = group.Count(), Due = group.Min(task => task.DueAt) }).ToListAsync(ct);
            var newest = set.Processes.TryGetValue(id, out var process) ? process.Version : 0;
            return [.. rows.OrderByDescending(row => row.Key).Select(row => new RunningVersion(id, row.Key, row.Key == newest, row.Count, row.Due))];
        }

        private async Task<IReadOnlyList<RunningVersion>> OfDuties(string id, DefinitionSet set, CancellationToken ct)
        {
            var newest = set.Duties.Where(duty => duty.Definition == id && duty.Jurisdiction == user.Actor.Jurisdiction).ToDictionary(duty => duty.Id, duty => duty.Version);
            var names = newest.Keys.ToList();
            var rows = await Open().Where(task => task.Duty != null && names.Contains(task.Duty) && task.DutyVersion != null).GroupBy(task => new { task.Duty, task.DutyVersion })
                .Select(group => new { group.Key.Duty, group.Key.DutyVersion, Count = group.Count(), Due = group.Min(task => task.DueAt) }).ToListAsync(ct);
            return [.. rows.OrderBy(row => row.Duty, StringComparer.Ordinal).ThenByDescending(row => row.DutyVersion)
                .Select(row => new RunningVersion(row.Duty!, row.DutyVersion!.Value, row.DutyVersion == newest[row.Duty!], row.Count, row.Due))];
        }

        /// <summary>Through the index of what is still to be dealt with: it costs what is open, however long the history.</summary>
        private IQueryable<TaskInstance> Open() => session.Db.Tasks.AsNoTracking().Where(task => task.Jurisdiction == user.Actor.Jurisdiction
            && EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LiveDue) != null && TaskStates.Open.Contains(task.State));
    }
}
