using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Plans;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Plans;

/// <summary>What duties call for when they begin: with their plan, with a level of the response, or for a unit that was added.</summary>
public sealed class DutyBeginning(Session session, ScheduleWriter schedules)
{
    /// <summary>The first task of a one-off or standing duty. A duty of a later phase waits for it.</summary>
    public async Task<IEnumerable<DutyTask>> FirstTasks(Duty duty, Plan plan, Catalogue catalogue, DateTimeOffset now, CancellationToken ct)
    {
        if (!HasFirstTasks(duty))
        {
            return [];
        }

        if (ScheduleWriter.PhaseStart(duty, plan, catalogue) > now)
        {
            await FirstTasksFrom(duty, plan, catalogue, now, ct);
            return [];
        }

        return DutyTasks.AtBeginning(duty, plan, catalogue, now);
    }

    /// <summary>Leaves the first task to the schedule, from a moment on, or from the beginning of its phase where that comes later.</summary>
    public async Task FirstTasksFrom(Duty duty, Plan plan, Catalogue catalogue, DateTimeOffset from, CancellationToken ct)
    {
        if (HasFirstTasks(duty))
        {
            var phase = ScheduleWriter.PhaseStart(duty, plan, catalogue);
            await schedules.SetBeginning(duty, plan, phase > from ? phase.Value : from, ct);
        }
    }

    private static bool HasFirstTasks(Duty duty) => duty.Kind is DutyKind.OneOff or DutyKind.Standing;

    /// <summary>
    /// What a duty calls for that comes into force in the midst of its plan, with a level of the response or for a unit that was
    /// added: the first tasks that are still missing, and the occurrence of the day.
    /// </summary>
    public async Task<IEnumerable<DutyTask>> InTheMidst(Duty duty, Plan plan, Catalogue catalogue, DateTimeOffset now, CancellationToken ct)
    {
        var first = await MissingFirstTasks(duty, plan, catalogue, now, ct);
        var paused = await session.Db.Schedules.AnyAsync(row => row.DutyId == duty.Id && row.Part == StoredSchedule.Occurrences && row.Paused, ct);
        return paused ? first : [.. first, .. await NotLiving(TodaysOccurrence(duty, plan, catalogue, now), ct)];
    }

    /// <summary>The occurrence of the day, where it has begun and its due time is still ahead.</summary>
    public static IEnumerable<DutyTask> TodaysOccurrence(Duty duty, Plan plan, Catalogue catalogue, DateTimeOffset now)
    {
        var (cron, zone) = duty.Schedule is { } schedule ? (Cron.Parse(schedule.Cron), TimeZoneInfo.FindSystemTimeZoneById(catalogue.Reckoning(duty.Jurisdiction).Zone)) : default;
        return TodaysStarts(duty, plan, catalogue, now).SelectMany(start => DutyTasks.Occurrence(duty, plan, catalogue, start, cron!.Next(start, zone!)));
    }

    /// <summary>When the occurrences of the day began whose due time is still ahead.</summary>
    public static IEnumerable<DateTimeOffset> TodaysStarts(Duty duty, Plan plan, Catalogue catalogue, DateTimeOffset now)
    {
        if (duty is not { Kind: DutyKind.Recurring, Schedule: { } schedule }
            || ScheduleWriter.PhaseStart(duty, plan, catalogue) > now || ScheduleWriter.PhaseEnd(duty, plan, catalogue) <= now)
        {
            return [];
        }

        var reckoning = catalogue.Reckoning(duty.Jurisdiction);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(reckoning.Zone);
        var midnight = reckoning.Moment(reckoning.LocalDate(now), TimeOnly.MinValue);
        var cron = Cron.Parse(schedule.Cron);
        return cron.Between(midnight.AddTicks(-1), now, zone).Where(start => DutyTasks.Due(duty, start, catalogue) > now);
    }

    /// <summary>The duties of a plan that are carried out at its level.</summary>
    public static IEnumerable<Duty> InForce(Plan plan, Catalogue catalogue) =>
        catalogue.Set.DutiesOf(plan.Id).Where(duty => duty.Enabled && duty.AppliesAt(plan.Level));

    /// <summary>The first tasks of those units that have had none since the plan was activated, unless the phase is over.</summary>
    private async Task<IEnumerable<DutyTask>> MissingFirstTasks(Duty duty, Plan plan, Catalogue catalogue, DateTimeOffset now, CancellationToken ct)
    {
        if (ScheduleWriter.PhaseEnd(duty, plan, catalogue) <= now || await AreTheSchedules(duty, now, ct))
        {
            return [];
        }

        var wanted = (await FirstTasks(duty, plan, catalogue, now, ct)).ToList();
        if (wanted.Count == 0)
        {
            return wanted;
        }

        var step = wanted[0].Step.Id;
        var runs = await session.Db.Tasks.AsNoTracking()
            .Where(task => task.Plan == plan.Id && task.Duty == duty.Id && task.Activation == plan.Activation && task.Step == step)
            .Select(task => task.Run!).ToListAsync(ct);
        var begun = runs.Select(run => run.Split('|')[1]).ToHashSet();
        return wanted.Where(task => !begun.Contains(task.RunUnit));
    }

    /// <summary>Whether the next sweep makes them, for every unit there is then.</summary>
    private Task<bool> AreTheSchedules(Duty duty, DateTimeOffset now, CancellationToken ct) => session.Db.Schedules.AnyAsync(
        row => row.DutyId == duty.Id && row.Part == StoredSchedule.Beginning && row.NextAt <= now, ct);

    /// <summary>Those that no task stands for; where the day's task was terminated it is asked for again under a key of its own.</summary>
    private async Task<IEnumerable<DutyTask>> NotLiving(IEnumerable<DutyTask> occurrence, CancellationToken ct)
    {
        var (asked, wanted) = (occurrence.ToList(), new List<DutyTask>());
        for (var times = 1; asked.Count > 0; times++)
        {
            var states = await TaskQueries.States(session.Db, asked, ct);
            wanted.AddRange(asked.Where(task => !states.ContainsKey((task.Unit, task.Occurrence))));
            asked = [.. asked.Where(task => states.GetValueOrDefault((task.Unit, task.Occurrence)) is TaskState.Terminated).Select(task => task.Again(times))];
        }

        return wanted;
    }
}
