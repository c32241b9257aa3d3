using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.TaskInstances;

/// <summary>Ties uploaded files to the task they are handed in with.</summary>
public sealed class AttachmentStore(Session session)
{
    /// <returns>The ids, to be recorded with the event.</returns>
    /// <exception cref="ValidationException">attachment.unknown: not there, somebody else's, or of another task (400)</exception>
    public Task<IReadOnlyList<string>> Claim(TaskInstance task, IReadOnlyList<Guid>? ids, Actor actor, CancellationToken ct) =>
        Claim(ids, file => file.TaskId == task.Id, file => file.TaskId = task.Id, actor, ct);

    /// <summary>The same for the minutes of a meeting.</summary>
    public Task<IReadOnlyList<string>> Claim(Meeting meeting, IReadOnlyList<Guid>? ids, Actor actor, CancellationToken ct) =>
        Claim(ids, file => file.MeetingId == meeting.Id, file => file.MeetingId = meeting.Id, actor, ct);

    /// <summary>The same for an explanation to an inspection.</summary>
    public Task<IReadOnlyList<string>> Claim(Inspection inspection, IReadOnlyList<Guid>? ids, Actor actor, CancellationToken ct) =>
        Claim(ids, file => file.InspectionId == inspection.Id, file => file.InspectionId = inspection.Id, actor, ct);

    private async Task<IReadOnlyList<string>> Claim(
        IReadOnlyList<Guid>? ids, Func<Attachment, bool> already, Action<Attachment> claim, Actor actor, CancellationToken ct)
    {
        if (ids is null or [])
        {
            return [];
        }

        var wanted = ids.Distinct().ToList();
        var files = await session.Db.Attachments.AsTracking().Where(file => wanted.Contains(file.Id)).ToListAsync(ct);
        var mine = files.Where(file => already(file) || (file is { TaskId: null, MeetingId: null, InspectionId: null } && file.UploadedBy == actor.UserName)).ToList();
        if (mine.Count != wanted.Count)
        {
            var missing = wanted.Except(mine.Select(file => file.Id));
            throw new ValidationException([new ValidationFailure("attachmentIds", "attachment.unknown", string.Join(", ", missing)) { ErrorCode = "attachment.unknown" }]);
        }

        mine.ForEach(claim);
        return [.. wanted.Select(id => id.ToString())];
    }
}
