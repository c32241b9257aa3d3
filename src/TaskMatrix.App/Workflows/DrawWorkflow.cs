using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>A process as SVG; with a task, in the version it runs on and with the steps where its run stands marked.</summary>
public static class DrawWorkflow
{
    public sealed record Query(string Id, Guid? TaskId, bool English) : IRequest<string>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues) : IRequestHandler<Query, string>
    {
        public async Task<string> Handle(Query query, CancellationToken ct)
        {
            var catalogue = await catalogues.Current(session.Db, ct);
            if (!PlanAccess.MayRead(user.Actor) || !catalogue.Set.Processes.TryGetValue(query.Id, out var newest))
            {
                throw new NotFoundException("workflow", query.Id);
            }

            if (query.TaskId is not { } id)
            {
                return ProcessDiagram.Draw(newest, new HashSet<string>(), query.English);
            }

            var task = await session.Db.Tasks.AsNoTracking().SingleOrDefaultAsync(task => task.Id == id, ct);
            if (task is null || !task.VisibleTo(user.Actor) || task.Workflow != query.Id)
            {
                throw new NotFoundException("task", id.ToString());
            }

            var run = await session.Db.Tasks.AsNoTracking().Where(other => other.Run == task.Run && other.Activation == task.Activation).ToListAsync(ct);
            var open = run.Where(other => other.State.IsOpen()).Select(other => other.Step!).ToHashSet();
            return ProcessDiagram.Draw(catalogue.Process(query.Id, task.WorkflowVersion!.Value), open, query.English);
        }
    }
}
