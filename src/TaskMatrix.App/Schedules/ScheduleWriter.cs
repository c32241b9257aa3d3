using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Plans;

namespace TaskMatrix.App.Schedules;

/// <summary>Keeps the schedule rows of a plan's duties in line with their definitions.</summary>
public sealed class ScheduleWriter(Session session)
{
    /// <summary>Sets when a duty occurs next, from now on.</summary>
    /// <param name="now">Occurrences begin after this moment.</param>
    public async Task Set(Duty duty, Plan plan, Catalogue catalogue, DateTimeOffset now, CancellationToken ct)
    {
        var row = await session.Db.Schedules.AsTracking()
            .SingleOrDefaultAsync(schedule => schedule.DutyId == duty.Id && schedule.Part == StoredSchedule.Occurrences, ct);
        if (duty.Schedule is not { } schedule || !duty.Enabled || plan.Status != PlanStatus.Active)
        {
            _ = row is null ? null : session.Db.Schedules.Remove(row);
            return;
        }

        if (!duty.AppliesAt(plan.Level))
        {
            _ = row is null ? null : row.NextAt = null;
            return;
        }

        row ??= session.Db.Schedules.Add(new StoredSchedule
        {
            DutyId = duty.Id, Part = StoredSchedule.Occurrences, Jurisdiction = duty.Jurisdiction, Plan = plan.Id, Cron = schedule.Cron, Policy = schedule.Policy,
        }).Entity;
        (row.Cron, row.Policy) = (schedule.Cron, schedule.Policy);
        row.Until = PhaseEnd(duty, plan, catalogue);
        row.NextAt = Next(row, Later(PhaseStart(duty, plan, catalogue)?.AddTicks(-1), now), catalogue);
    }

    /// <summary>Notes the occurrence that was issued with the beginning of its plan, not by the schedule.</summary>
    /// <param name="start">Null: none was.</param>
    public async Task Began(Duty duty, DateTimeOffset? start, CancellationToken ct)
    {
        // Added in this transaction and not written yet, so it is looked for among what is tracked first.
        if (start is { } begun && await session.Db.Schedules.FindAsync([duty.Id, StoredSchedule.Occurrences], ct) is { } row)
        {
            (row.LastAt, row.LastResult) = (begun, "created");
        }
    }

    /// <summary>Nothing of an ended plan comes round again.</summary>
    public Task<int> StopAll(Plan plan, CancellationToken ct) =>
        session.Db.Schedules.Where(row => row.Plan == plan.Id).ExecuteUpdateAsync(row => row.SetProperty(r => r.NextAt, (DateTimeOffset?)null), ct);

    /// <summary>Issues the first task of a duty when its phase begins.</summary>
    public async Task SetBeginning(Duty duty, Plan plan, DateTimeOffset at, CancellationToken ct)
    {
        var row = await session.Db.Schedules.AsTracking().SingleOrDefaultAsync(row => row.DutyId == duty.Id && row.Part == StoredSchedule.Beginning, ct);
        row ??= session.Db.Schedules.Add(new StoredSchedule
        {
            DutyId = duty.Id, Part = StoredSchedule.Beginning, Jurisdiction = duty.Jurisdiction, Plan = plan.Id, Cron = "", Policy = "all",
        }).Entity;
        row.NextAt = at;
    }

    /// <summary>The next start after a moment; null when the schedule is over.</summary>
    public static DateTimeOffset? Next(StoredSchedule row, DateTimeOffset after, Catalogue catalogue)
    {
        var next = Cron.Parse(row.Cron).Next(after, TimeZoneInfo.FindSystemTimeZoneById(catalogue.Reckoning(row.Jurisdiction).Zone));
        return next is null || next >= row.Until ? null : next;
    }

    /// <summary>When the phase of a duty begins; null when it has none or the phase has no first day.</summary>
    public static DateTimeOffset? PhaseStart(Duty duty, Plan plan, Catalogue catalogue) =>
        Phase(duty, plan)?.FromDay is { } day ? Midnight(plan, day, catalogue) : null;

    /// <summary>The first moment after the phase of a duty; null when it has none or the phase has no last day.</summary>
    public static DateTimeOffset? PhaseEnd(Duty duty, Plan plan, Catalogue catalogue) =>
        Phase(duty, plan)?.UntilDay is { } day ? Midnight(plan, day + 1, catalogue) : null;

    private static PlanPhase? Phase(Duty duty, Plan plan) => plan.Phases.FirstOrDefault(phase => phase.Id == duty.Phase);

    private static DateTimeOffset Midnight(Plan plan, int day, Catalogue catalogue) =>
        catalogue.Reckoning(plan.Jurisdiction).Moment(plan.IssuedOn.AddDays(plan.ShiftDays + day), TimeOnly.MinValue);

    private static DateTimeOffset Later(DateTimeOffset? first, DateTimeOffset second) => first > second ? first.Value : second;
}
