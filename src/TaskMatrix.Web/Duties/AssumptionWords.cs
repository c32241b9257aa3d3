using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Duties;

/// <summary>What duties assume, by name; its values are told by <see cref="ScheduleWords.Assumed"/>.</summary>
internal static class AssumptionWords
{
    /// <param name="field">schedule.due, with.items …; a parameter that the office thought of goes by its own name.</param>
    public static string AssumptionField(this Texts texts, string field) => texts.Has("assumption." + field) ? texts["assumption." + field] : field;
}
