using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Schedules;

/// <summary>Those who oversee a jurisdiction read its schedules; the office changes them.</summary>
internal static class ScheduleAccess
{
    public static void RequireReader(Actor actor, string? jurisdiction)
    {
        if ((jurisdiction ?? actor.Jurisdiction) != actor.Jurisdiction)
        {
            throw new NotFoundException("jurisdiction", jurisdiction!);
        }

        if (!MayRead(actor))
        {
            throw new RuleBrokenException("schedule.not-allowed", RuleKind.Forbidden);
        }
    }

    public static bool MayRead(Actor actor) => actor.Oversees || actor.Is(Role.SystemAdministrator);

    public static async Task<StoredSchedule> Load(Session session, Actor actor, string duty, CancellationToken ct)
    {
        var row = await session.Db.Schedules.AsTracking().SingleOrDefaultAsync(
            row => row.DutyId == duty && row.Part == StoredSchedule.Occurrences && row.Jurisdiction == actor.Jurisdiction, ct);
        if (row is null || !(actor.Oversees || actor.Is(Role.Liaison) || actor.Is(Role.Head)))
        {
            throw new NotFoundException("schedule", duty);
        }

        RequireOffice(actor);
        return row;
    }

    public static void RequireOffice(Actor actor)
    {
        if (!actor.Is(Role.Office))
        {
            throw new RuleBrokenException("schedule.not-allowed", RuleKind.Forbidden);
        }
    }
}
