using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.App.Schedules;

/// <summary>Those who oversee a jurisdiction read all rosters; a unit reads and writes its own.</summary>
internal static class WatchAccess
{
    /// <summary>Id of the process whose duties want somebody on duty.</summary>
    private const string Process = "duty-watch";

    /// <exception cref="NotFoundException">Another jurisdiction, or somebody who has no part in the tasks.</exception>
    public static void RequireReader(Actor actor, string? jurisdiction)
    {
        if ((jurisdiction ?? actor.Jurisdiction) != actor.Jurisdiction || !PlanAccess.MayRead(actor))
        {
            throw new NotFoundException("jurisdiction", jurisdiction ?? actor.Jurisdiction);
        }
    }

    public static IQueryable<WatchShift> Visible(StoreContext db, Actor actor, string? unit)
    {
        var shifts = db.WatchShifts.Where(shift => shift.Jurisdiction == actor.Jurisdiction);
        shifts = actor.Oversees ? shifts : shifts.Where(shift => shift.Unit == actor.Unit);
        return unit is null ? shifts : shifts.Where(shift => shift.Unit == unit);
    }

    /// <summary>Shifts that have a part between two moments, those called off left out.</summary>
    public static IQueryable<WatchShift> Between(IQueryable<WatchShift> shifts, DateTimeOffset from, DateTimeOffset to)
    {
        var earliest = from - WatchShift.Longest;
        return shifts.Where(shift => shift.StartsAt >= earliest && shift.StartsAt < to && shift.EndsAt > from && shift.CancelledAt == null);
    }

    /// <exception cref="NotFoundException">No such shift, or not one this actor may know of.</exception>
    public static async Task<WatchShift> Load(Session session, Actor actor, Guid id, CancellationToken ct)
    {
        RequireReader(actor, null);
        return await Visible(session.Db, actor, null).AsTracking().SingleOrDefaultAsync(shift => shift.Id == id, ct) ?? throw new NotFoundException("shift", id.ToString());
    }

    /// <summary>Units with a duty to keep the watch that is carried out now: its plan has begun and it is of the present level.</summary>
    public static async Task<IReadOnlyList<string>> UnitsOnWatch(StoreContext db, Catalogue catalogue, string jurisdiction, CancellationToken ct)
    {
        var plans = await db.Plans.AsNoTracking().Where(plan => plan.Jurisdiction == jurisdiction && plan.Status == PlanStatus.Active && plan.Begun).ToListAsync(ct);
        return [.. plans.SelectMany(plan => DutyBeginning.InForce(plan, catalogue)).Where(duty => duty.Process == Process).SelectMany(duty => duty.LeadUnits)];
    }

    public static AuditDraft Entry(Catalogue catalogue, Actor actor, string action, DateTimeOffset now, params (string Name, object? Value)[] details) => new(
        actor.Jurisdiction, actor.Unit, now, catalogue.Reckoning(actor.Jurisdiction).Zone, actor, action, details.ToDictionary(detail => detail.Name, detail => detail.Value));

    /// <summary>A shift as the record keeps it: by post, the telephone masked.</summary>
    public static object Recorded(WatchShift shift) =>
        new { shift.Id, shift.Unit, shift.Name, shift.StartsAt, shift.EndsAt, shift.Post, Phone = shift.Phone is null ? null : Masking.Phone(shift.Phone) };
}
