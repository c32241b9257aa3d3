using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>
/// Lets an instruction and a meeting follow their tasks, in the transaction that moves a task: they close with the last one and open
/// with one that is reopened.
/// </summary>
public sealed class SourceFollowUp(Session session, SourcedTasks tasks, CatalogueSource catalogues, AuditWriter audit, Outbox outbox, DomainClock clock)
{
    private const string InstructionKind = "instruction", MeetingKind = "meeting";

    /// <summary>Its state moves, and it came from an instruction or a meeting.</summary>
    public static bool Concerns(TaskInstance task) =>
        task.SourceKind is InstructionKind or MeetingKind && task.SourceReference is not null && task.Recorded.Any(happened => happened.From != happened.To);

    /// <param name="moved">Written already; true for those that are new.</param>
    /// <returns>Tasks that end with an instruction, not yet written.</returns>
    /// <exception cref="RuleBrokenException">instruction.wrong-state (409): a new task names one that is closed</exception>
    public async Task<IReadOnlyList<TaskInstance>> Follow(IReadOnlyList<(TaskInstance Task, bool New)> moved, CancellationToken ct)
    {
        var concluded = new List<TaskInstance>();
        foreach (var source in moved.GroupBy(one => (one.Task.SourceKind, one.Task.SourceReference, one.Task.Jurisdiction)))
        {
            var (kind, key, place) = source.Key;
            if (kind == InstructionKind)
            {
                concluded.AddRange(await FollowInstruction(place, key!, source.Any(one => one.New), ct));
            }
            else
            {
                await FollowMeeting(place, key!, ct);
            }
        }

        return concluded;
    }

    private async Task<IReadOnlyList<TaskInstance>> FollowInstruction(string place, string key, bool made, CancellationToken ct)
    {
        // A reference in words names no instruction of ours; locked, so that the last two tasks cannot each wait for the other.
        var rows = session.Db is PostgresStore ? session.Db.Instructions.FromSql($"SELECT * FROM instructions WHERE key = {key} FOR UPDATE") : session.Db.Instructions;
        if (await rows.AsTracking().SingleOrDefaultAsync(row => row.Key == key && row.Jurisdiction == place, ct) is not { } instruction)
        {
            return [];
        }

        if (made)
        {
            instruction.TaskMade();
        }

        if (!instruction.TasksMoved(await tasks.Standing(place, InstructionKind, key, ct), clock.Now))
        {
            return [];
        }

        await Record(place, instruction.State is InstructionState.Closed ? "close-instruction" : "reopen-instruction", instruction.Number, instruction.Key, ct);
        if (instruction.State is not InstructionState.Closed)
        {
            return [];
        }

        outbox.Add(SourceNotices.Closed(instruction, Actor.Scheduler(place), clock.Now));
        return await tasks.Concluded(instruction, Actor.Scheduler(place), clock.Now, ct);
    }

    private async Task FollowMeeting(string place, string key, CancellationToken ct)
    {
        var rows = session.Db is PostgresStore ? session.Db.Meetings.FromSql($"SELECT * FROM meetings WHERE key = {key} FOR UPDATE") : session.Db.Meetings;
        if (await rows.AsTracking().SingleOrDefaultAsync(row => row.Key == key && row.Jurisdiction == place, ct) is { } meeting
            && meeting.TasksMoved(await tasks.Standing(place, MeetingKind, key, ct), clock.Now))
        {
            await Record(place, meeting.State is MeetingState.Closed ? "close-meeting" : "reopen-meeting", meeting.Number, meeting.Key, ct);
        }
    }

    private async Task Record(string place, string action, string number, string key, CancellationToken ct)
    {
        var actor = Actor.Scheduler(place);
        var zone = (await catalogues.Current(session, ct)).Reckoning(place).Zone;
        await audit.Append([new AuditDraft(place, actor.Unit, clock.Now, zone, actor, action, new Dictionary<string, object?> { ["number"] = number, ["id"] = key })], ct);
        await session.Db.SaveChangesAsync(ct);
    }
}
