using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Inspections;

/// <summary>An inspection with all that belongs to it: its tasks, the files of the unit, and what speaks against it and for it.</summary>
public sealed class InspectionReader(Session session, SourcedTasks sourced, CaseFactReader facts, CurrentUser user, DomainClock clock)
{
    public async Task<InspectionView> Whole(Inspection inspection, CancellationToken ct)
    {
        var (now, about) = (clock.Now, await TasksOf(inspection, ct));
        var rectifying = await sourced.Of(inspection.Jurisdiction, InspectionLedger.TaskSource, inspection.Key, ct);
        return InspectionView.Of(inspection, FollowUp.Of([.. rectifying.Select(task => task.State)]), user.Actor, now) with
        {
            Tasks =
            [
                .. about.Select(task => InspectedTask.Of(task, rectifies: false, user.Actor, now)), .. rectifying.Select(task => InspectedTask.Of(task, rectifies: true, user.Actor, now)),
            ],
            MayTakeDossier = inspection.MayTakeDossier(user.Actor),
            Attachments = await FilesOf(inspection, ct),
            Facts = await facts.Of(inspection, about, ct),
        };
    }

    /// <summary>What it is about, in the order of the numbers.</summary>
    public Task<List<TaskInstance>> TasksOf(Inspection inspection, CancellationToken ct)
    {
        var ids = inspection.TaskIds;
        return session.Db.Tasks.AsNoTracking().Where(task => ids.Contains(task.Id)).OrderBy(task => task.Number).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<AttachmentView>> FilesOf(Inspection inspection, CancellationToken ct) =>
        [.. (await session.Db.Attachments.AsNoTracking().Where(file => file.InspectionId == inspection.Id).OrderBy(file => file.Id).ToListAsync(ct)).Select(AttachmentView.Of)];
}
