using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Reports;

/// <summary>The items that a task's duty names, in the version the task was issued with: an edited duty touches only later tasks.</summary>
internal static class ChecklistItems
{
    private const string Items = "items";

    /// <summary>The items of each of these tasks; empty where one is no checklist.</summary>
    public static async Task<Func<TaskInstance, IReadOnlyList<string>>> Of(
        StoreContext db, Catalogue catalogue, IEnumerable<TaskInstance> tasks, CancellationToken ct)
    {
        var items = new Dictionary<(string?, int?), IReadOnlyList<string>>();
        foreach (var (duty, version) in tasks.Where(IsChecklist).Select(task => (task.Duty, task.DutyVersion)).Distinct())
        {
            items[(duty, version)] = await Of(db, catalogue, duty, version, ct);
        }

        return task => IsChecklist(task) ? items[(task.Duty, task.DutyVersion)] : [];
    }

    private static bool IsChecklist(TaskInstance task) => task.Form == Checklist.Form;

    /// <returns>Empty for a task of no duty, or of one without items.</returns>
    public static async Task<IReadOnlyList<string>> Of(StoreContext db, Catalogue catalogue, string? dutyId, int? version, CancellationToken ct)
    {
        if (dutyId is null)
        {
            return [];
        }

        var duty = catalogue.Duty(dutyId) is { } newest && newest.Version == version
            ? newest
            : (await db.Duties.AsNoTracking().SingleOrDefaultAsync(stored => stored.Id == dutyId && stored.Version == version, ct))?.Body;
        return duty?.With.GetValueOrDefault(Items, []) ?? [];
    }
}
