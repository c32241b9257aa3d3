using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Where the open tasks of a process stand: of those the caller may see, how many at each step.</summary>
public static class GetWorkflowStanding
{
    public sealed record Query(string Id) : IRequest<IReadOnlyList<VersionStanding>>;

    /// <summary>A version that tasks run on; the newest stands first and is there without a task too.</summary>
    /// <param name="Steps">Those that are tasks, in the order of the diagram.</param>
    public sealed record VersionStanding(int Version, IReadOnlyList<StepStanding> Steps);

    /// <param name="Overdue">Of those open, the late ones.</param>
    public sealed record StepStanding(string Step, string Title, string English, int Open, int Overdue, Light Light);

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock) : IRequestHandler<Query, IReadOnlyList<VersionStanding>>
    {
        public async Task<IReadOnlyList<VersionStanding>> Handle(Query query, CancellationToken ct)
        {
            var catalogue = await catalogues.Current(session, ct);
            if (!PlanAccess.MayRead(user.Actor) || !catalogue.Set.Processes.TryGetValue(query.Id, out var newest))
            {
                throw new NotFoundException("workflow", query.Id);
            }

            var counts = await Counts(session, user.Actor, query.Id, clock.Now, ct);
            return [.. counts.Keys.Select(key => key.Version).Append(newest.Version).Distinct().OrderDescending().Select(version => Of(catalogue.Process(query.Id, version), counts))];
        }

        private static VersionStanding Of(ProcessDefinition process, Dictionary<(int, string), Standing> counts) => new(process.Version,
            [.. ProcessOrder.Of(process).OfType<WorkStep>().Select(step => (step, At: counts.GetValueOrDefault((process.Version, step.Id), Standing.Nothing)))
                .Select(one => new StepStanding(one.step.Id, one.step.Title, one.step.English, one.At.Open, one.At.Overdue, one.At.Light))]);
    }

    /// <summary>The same tasks as the list of open ones shows the actor.</summary>
    internal static async Task<Dictionary<(int Version, string Step), Standing>> Counts(Session session, Actor actor, string workflow, DateTimeOffset now, CancellationToken ct)
    {
        var tasks = new TaskFilter { Workflow = workflow, OpenOnly = true }.Apply(session.Db, actor, now).Where(task => task.Step != null);
        var counts = await tasks.GroupBy(task => new { task.WorkflowVersion, task.Step }).CountLive(now, ct);
        return counts.ToDictionary(group => (group.Key.WorkflowVersion ?? 1, group.Key.Step!), group => group.Value.ToStanding());
    }
}
