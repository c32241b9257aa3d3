using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Notifications;

/// <summary>What the events of tasks become: new messages, and the end of those whose rung no longer holds.</summary>
public sealed class TaskMessages(Session session, Outbox outbox, DomainClock clock)
{
    /// <param name="tasks">With their events still recorded.</param>
    public async Task Of(IReadOnlyList<TaskInstance> tasks, Catalogue catalogue, CancellationToken ct)
    {
        var settled = tasks.Where(task => catalogue.Ladder(task.Ladder)?.Quiet is not null && task.Recorded.Any(TaskNotices.Settles)).ToList();
        await Withdraw(settled, ct);
        outbox.Add(tasks.SelectMany(task => task.Recorded.SelectMany(happened =>
            TaskNotices.Of(task, happened, catalogue.Ladder(task.Ladder), catalogue.Reckoning(task.Jurisdiction)))).ToList());
    }

    /// <summary>What a rung said and quiet hours still hold back is never given once the rung no longer holds.</summary>
    private async Task Withdraw(List<TaskInstance> tasks, CancellationToken ct)
    {
        if (tasks.Count == 0)
        {
            return;
        }

        var (now, places) = (clock.Now, tasks.Select(task => task.Jurisdiction).Distinct().ToList());
        var addresses = tasks.SelectMany(task => TaskNotices.LadderAddresses(task.LeadUnit)).Distinct().ToList();
        var held = await session.Db.Messages.AsTracking()
            .Where(message => places.Contains(message.Jurisdiction) && addresses.Contains(message.Address) && message.VisibleFrom > now).ToListAsync(ct);
        var settled = tasks.Select(task => task.Id).ToHashSet();
        foreach (var message in held.Where(message => NoticeKind.OfLadder(message.Kind) && message.TaskIds.Any(settled.Contains)))
        {
            Without(message, settled);
        }
    }

    private void Without(Message message, HashSet<Guid> settled)
    {
        message.TaskIds = [.. message.TaskIds.Where(task => !settled.Contains(task))];
        message.Subjects = [.. message.Subjects.Where(subject => subject.TaskId is not { } id || !settled.Contains(id))];
        message.Count = message.TaskIds.Count;
        message.TaskId = message.TaskIds is [var only] ? only : null;
        if (message.Count == 0)
        {
            session.Db.Messages.Remove(message);
        }
    }
}
