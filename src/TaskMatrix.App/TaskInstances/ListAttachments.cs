using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.TaskInstances;

/// <summary>Facts of the files handed in with a task, in the order they came.</summary>
public static class ListAttachments
{
    public sealed record Query(Guid TaskId) : IRequest<IReadOnlyList<AttachmentView>>;

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Query, IReadOnlyList<AttachmentView>>
    {
        public async Task<IReadOnlyList<AttachmentView>> Handle(Query query, CancellationToken ct)
        {
            var task = await session.Db.Tasks.AsNoTracking().SingleOrDefaultAsync(task => task.Id == query.TaskId, ct);
            if (task is null || !task.VisibleTo(user.Actor))
            {
                throw new NotFoundException("task", query.TaskId.ToString());
            }

            var files = await session.Db.Attachments.AsNoTracking().Where(file => file.TaskId == query.TaskId).OrderBy(file => file.Id).ToListAsync(ct);
            return [.. files.Select(AttachmentView.Of)];
        }
    }
}
