using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>The door to instructions: who may know of one, and what is recorded with a change of one.</summary>
public sealed class InstructionLedger(Session session, SourcedTasks sourced, CatalogueSource catalogues, AuditWriter audit, CurrentUser user, DomainClock clock)
{
    public const string TaskSource = "instruction";

    /// <exception cref="NotFoundException">No such instruction, or not one the caller may know of.</exception>
    public async Task<(Instruction Instruction, IReadOnlyList<TaskInstance> Tasks)> Load(Guid id, CancellationToken ct)
    {
        var instruction = await session.Db.Instructions.AsTracking().SingleOrDefaultAsync(row => row.Id == id && row.Jurisdiction == user.Actor.Jurisdiction, ct);
        var tasks = instruction is null ? [] : await TasksOf(instruction, ct);
        return instruction is not null && await MayKnow(instruction, tasks, ct) ? (instruction, tasks) : throw new NotFoundException("instruction", id.ToString());
    }

    public Task<List<TaskInstance>> TasksOf(Instruction instruction, CancellationToken ct) => sourced.Of(instruction.Jurisdiction, TaskSource, instruction.Key, ct);

    public async Task<InstructionView> View(Instruction instruction, CancellationToken ct) => InstructionView.Of(
        instruction, await TasksOf(instruction, ct), await catalogues.Current(session, ct), user.Actor, clock.Now);

    /// <param name="details">Besides its number and id.</param>
    public async Task Record(Instruction instruction, string action, IReadOnlyDictionary<string, object?> details, CancellationToken ct)
    {
        var all = new Dictionary<string, object?>(details) { ["number"] = instruction.Number, ["id"] = instruction.Key };
        var zone = (await catalogues.Current(session, ct)).Reckoning(instruction.Jurisdiction).Zone;
        await audit.Append([new AuditDraft(instruction.Jurisdiction, user.Actor.Unit, clock.Now, zone, user.Actor, action, all)], ct);
        await session.Db.SaveChangesAsync(ct);
    }

    /// <summary>Those who oversee, and the units of its tasks, that of passing it on included.</summary>
    public static IQueryable<Instruction> Visible(StoreContext db, Actor actor)
    {
        var rows = db.Instructions.AsNoTracking().Where(row => row.Jurisdiction == actor.Jurisdiction);
        if (actor.Oversees)
        {
            return rows;
        }

        return actor.Is(Role.Liaison) || actor.Is(Role.Head)
            ? rows.Where(row => db.Tasks.Any(task => (task.SourceReference == row.Key || task.SourceReference == row.EventKey)
                && db.TaskUnits.Any(unit => unit.TaskId == task.Id && unit.Unit == actor.Unit && unit.Jurisdiction == row.Jurisdiction)))
            : rows.Where(_ => false);
    }

    private async Task<bool> MayKnow(Instruction instruction, IReadOnlyList<TaskInstance> tasks, CancellationToken ct) =>
        user.Actor.Oversees || tasks.Any(task => task.VisibleTo(user.Actor))
        || (await sourced.Of(instruction.Jurisdiction, "event", instruction.EventKey, ct)).Any(task => task.VisibleTo(user.Actor));
}
