using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Reports;

/// <summary>The items that a task's duty names, in the version the task was issued with: an edited duty touches only later tasks.</summary>
internal static class ChecklistItems
{
    private const string Items = "items";

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
