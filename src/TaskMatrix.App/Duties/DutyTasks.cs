using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Duties;

/// <summary>Which tasks a duty calls for at its beginning and on an occurrence.</summary>
internal static class DutyTasks
{
    /// <summary>The first task of a one-off or standing duty, for each of its units.</summary>
    public static IEnumerable<DutyTask> AtBeginning(Duty duty, Plan plan, Catalogue catalogue, DateTimeOffset start) =>
        duty.LeadUnits.SelectMany(unit => First(duty, plan, catalogue, unit, start, onOccurrence: false));

    /// <param name="next">Start of the following occurrence.</param>
    /// <param name="suffix">Tells apart a run by hand: <c>#manual-1</c>.</param>
    public static IEnumerable<DutyTask> Occurrence(
        Duty duty, Plan plan, Catalogue catalogue, DateTimeOffset start, DateTimeOffset? next, string suffix = "") =>
        duty.LeadUnits.SelectMany(unit => First(duty, plan, catalogue, unit, start, onOccurrence: true, suffix))
            .Select(task => task with { IsOccurrence = true, NextStart = next });

    public static DateTimeOffset Due(Duty duty, DateTimeOffset start, Catalogue catalogue) =>
        catalogue.Reckoning(duty.Jurisdiction).Resolve(Deadline.Parse(duty.Schedule!.Due), start, duty.Calendar);

    private static IEnumerable<DutyTask> First(
        Duty duty, Plan plan, Catalogue catalogue, string unit, DateTimeOffset start, bool onOccurrence, string suffix = "")
    {
        var process = catalogue.ProcessOf(duty);
        var step = (WorkStep)process.First(onOccurrence);
        var key = Key(duty, catalogue.Reckoning(duty.Jurisdiction).Local(start), onOccurrence) + suffix;
        var first = new DutyTask(duty, process, step, unit, unit, key, start) { Activation = plan.Activation, ShiftDays = plan.ShiftDays };
        return DutyIssuer.OfStep(first, step, catalogue);
    }

    /// <summary>The local date; with the time of day where a schedule may begin several times a day.</summary>
    private static string Key(Duty duty, DateTimeOffset local, bool onOccurrence) =>
        onOccurrence && duty.Schedule is { } schedule && !Cron.Parse(schedule.Cron).OncePerDay ? $"{local:yyyy-MM-ddTHH:mm}" : $"{local:yyyy-MM-dd}";
}
