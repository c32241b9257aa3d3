using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;

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
}
