using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Finds the tasks that an event, an instruction or a meeting led to.</summary>
public sealed class SourcedTasks(Session session)
{
    /// <param name="kind">event, instruction or meeting.</param>
    /// <param name="key">Id of what they came from.</param>
    public Task<List<TaskInstance>> Of(string jurisdiction, string kind, string key, CancellationToken ct) =>
        Rows(jurisdiction, kind, key).OrderBy(task => task.Number).ToListAsync(ct);

    /// <summary>Of several at once, by the id of what they came from.</summary>
    public async Task<ILookup<string, TaskInstance>> OfAll(string jurisdiction, string kind, IReadOnlyList<string> keys, CancellationToken ct)
    {
        var tasks = keys.Count == 0 ? [] : await session.Db.Tasks.AsNoTracking()
            .Where(task => task.SourceReference != null && keys.Contains(task.SourceReference) && task.SourceKind == kind && task.Jurisdiction == jurisdiction).OrderBy(task => task.Number).ToListAsync(ct);
        return tasks.ToLookup(task => task.SourceReference!);
    }

    /// <summary>The tasks of passing on an instruction that has come to its end, concluded with it and not yet written.</summary>
    public async Task<List<TaskInstance>> Concluded(Instruction instruction, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        var relays = await session.Db.Tasks.AsTracking()
            .Where(task => task.SourceReference == instruction.EventKey && task.SourceKind == "event" && task.Jurisdiction == instruction.Jurisdiction).ToListAsync(ct);
        return relays.FindAll(task => task.Conclude(actor, $"{instruction.Number} {instruction.Title}", now));
    }

    public async Task<FollowUp> Standing(string jurisdiction, string kind, string key, CancellationToken ct) =>
        FollowUp.Of(await Rows(jurisdiction, kind, key).Select(task => task.State).ToListAsync(ct));

    private IQueryable<TaskInstance> Rows(string jurisdiction, string kind, string key) =>
        session.Db.Tasks.AsNoTracking().Where(task => task.SourceReference == key && task.SourceKind == kind && task.Jurisdiction == jurisdiction);
}
