using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>Look-ups that several stages share.</summary>
internal static class TaskQueries
{
    /// <summary>Keys (duty, unit issued to, occurrence, activation) of tasks that exist.</summary>
    public static async Task<List<(string, string, string, string)>> Keys(
        StoreContext db, List<string> duties, List<string> occurrences, CancellationToken ct)
    {
        var rows = await db.Tasks.AsNoTracking()
            .Where(task => duties.Contains(task.Duty!) && occurrences.Contains(task.Occurrence!))
            .Select(task => new { task.Duty, task.IssuedTo, task.Occurrence, task.Activation })
            .ToListAsync(ct);
        return [.. rows.Select(row => (row.Duty!, row.IssuedTo, row.Occurrence!, row.Activation))];
    }

    /// <summary>How the tasks stand that a duty called for, by the unit issued to and the occurrence.</summary>
    /// <param name="wanted">Of one duty and one activation.</param>
    public static Task<Dictionary<(string Unit, string Occurrence), TaskState?>> States(StoreContext db, IReadOnlyList<DutyTask> wanted, CancellationToken ct)
    {
        var (duty, activation) = (wanted[0].Duty.Id, wanted[0].Activation);
        var (units, occurrences) = (wanted.Select(task => task.Unit).Distinct().ToList(), wanted.Select(task => task.Occurrence).Distinct().ToList());
        return db.Tasks.AsNoTracking()
            .Where(task => task.Duty == duty && units.Contains(task.IssuedTo) && occurrences.Contains(task.Occurrence!) && task.Activation == activation)
            .Select(task => new { task.IssuedTo, task.Occurrence, task.State })
            .ToDictionaryAsync(row => (row.IssuedTo, row.Occurrence!), row => (TaskState?)row.State, ct);
    }
}
