using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>The door to meetings: who may know of one, and what is recorded with a change of one.</summary>
public sealed class MeetingLedger(Session session, SourcedTasks sourced, CatalogueSource catalogues, AuditWriter audit, Outbox outbox, CurrentUser user, DomainClock clock)
{
    public const string TaskSource = "meeting", EventKind = "meeting-called";

    /// <exception cref="NotFoundException">No such meeting, or not one the caller may know of.</exception>
    public async Task<Meeting> Load(Guid id, CancellationToken ct)
    {
        var meeting = await session.Db.Meetings.AsTracking().SingleOrDefaultAsync(row => row.Id == id && row.Jurisdiction == user.Actor.Jurisdiction, ct);
        return meeting is not null && (meeting.VisibleTo(user.Actor) || (await TasksOf(meeting, ct)).Any(task => task.VisibleTo(user.Actor)))
            ? meeting
            : throw new NotFoundException("meeting", id.ToString());
    }

    /// <summary>Of its decisions.</summary>
    public Task<List<TaskInstance>> TasksOf(Meeting meeting, CancellationToken ct) => sourced.Of(meeting.Jurisdiction, TaskSource, meeting.Key, ct);

    /// <summary>Of those it was called with, to be changed.</summary>
    public Task<List<TaskInstance>> CalledTasks(Meeting meeting, CancellationToken ct)
    {
        var key = meeting.EventId?.ToString();
        return session.Db.Tasks.AsTracking().Where(task => task.SourceReference == key && task.SourceKind == "event" && task.Jurisdiction == meeting.Jurisdiction).ToListAsync(ct);
    }

    /// <summary>Of those it was called with, the tasks of attending it, one a unit that was asked.</summary>
    public async Task<List<TaskInstance>> AttendTasks(Meeting meeting, CancellationToken ct)
    {
        var catalogue = await catalogues.Current(session, ct);
        return (await CalledTasks(meeting, ct)).FindAll(task => catalogue.Duty(task.Duty ?? "") is { } duty && Asked.Concerns(duty));
    }

    public async Task<MeetingView> View(Meeting meeting, CancellationToken ct) => (await Views([meeting], ct))[0];

    /// <summary>With the files of all of them and the tasks of their decisions, read at once.</summary>
    public async Task<IReadOnlyList<MeetingView>> Views(IReadOnlyList<Meeting> meetings, CancellationToken ct)
    {
        if (meetings.Count == 0)
        {
            return [];
        }

        var ids = meetings.Select(meeting => (Guid?)meeting.Id).ToList();
        var files = (await session.Db.Attachments.AsNoTracking().Where(file => ids.Contains(file.MeetingId)).OrderBy(file => file.Id).ToListAsync(ct))
            .ToLookup(file => file.MeetingId, AttachmentView.Of);
        var tasks = await sourced.OfAll(meetings[0].Jurisdiction, TaskSource, [.. meetings.Select(meeting => meeting.Key)], ct);
        return [.. meetings.Select(meeting => MeetingView.Of(meeting, [.. tasks[meeting.Key]], [.. files[meeting.Id]], user.Actor, clock.Now))];
    }

    /// <param name="details">Besides its number and id.</param>
    public async Task<MeetingView> Record(Meeting meeting, string action, IReadOnlyDictionary<string, object?> details, CancellationToken ct)
    {
        var all = new Dictionary<string, object?>(details) { ["number"] = meeting.Number, ["id"] = meeting.Key };
        var zone = (await catalogues.Current(session, ct)).Reckoning(meeting.Jurisdiction).Zone;
        await audit.Append([new AuditDraft(meeting.Jurisdiction, user.Actor.Unit, clock.Now, zone, user.Actor, action, all)], ct);
        outbox.Add(SourceNotices.Of(meeting, action, user.Actor, clock.Now));
        await session.Db.SaveChangesAsync(ct);
        return await View(meeting, ct);
    }

    /// <summary>The rule of <see cref="Load"/>, for the database.</summary>
    public static IQueryable<Meeting> Visible(StoreContext db, Actor actor)
    {
        var rows = db.Meetings.AsNoTracking().Where(row => row.Jurisdiction == actor.Jurisdiction);
        if (actor.Oversees)
        {
            return rows;
        }

        var own = $"|{actor.Unit}|";
        return actor.Is(Role.Liaison) || actor.Is(Role.Head)
            ? rows.Where(row => row.Units.Contains(own) || db.Tasks.Any(task => task.SourceReference == row.Key
                && db.TaskUnits.Any(unit => unit.TaskId == task.Id && unit.Unit == actor.Unit && unit.Jurisdiction == row.Jurisdiction)))
            : rows.Where(_ => false);
    }
}
