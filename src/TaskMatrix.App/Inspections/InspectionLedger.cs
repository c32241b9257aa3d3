using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Inspections;

/// <summary>
/// The one door to a changed inspection: its row and an entry for each step in the chain of the inspected unit, in the
/// transaction of the command. The system comes through it as people do.
/// </summary>
public sealed class InspectionLedger(Session session, SourcedTasks sourced, TaskNumbers numbers, CatalogueSource catalogues, AuditWriter audit, Outbox outbox, DomainClock clock)
{
    public const string TaskSource = "inspection";

    /// <exception cref="NotFoundException">No such inspection, or not one this actor may know of.</exception>
    public async Task<Inspection> Load(Guid id, int? expectedVersion, Actor actor, CancellationToken ct)
    {
        var inspection = await session.Db.Inspections.AsTracking().SingleOrDefaultAsync(row => row.Id == id, ct);
        if (inspection is null || !inspection.VisibleTo(actor, clock.Now))
        {
            throw new NotFoundException("inspection", id.ToString());
        }

        inspection.ExpectedVersion = expectedVersion;
        return inspection;
    }

    /// <summary>立案 of these tasks, one inspection for each unit that leads some of them.</summary>
    /// <param name="actor">An inspector, or the scheduler for the rung of a ladder.</param>
    /// <returns>In the order in which their units come.</returns>
    /// <exception cref="RuleBrokenException">inspection.not-allowed, inspection.own-unit (403)</exception>
    public Task<IReadOnlyList<Inspection>> Open(IReadOnlyList<TaskInstance> tasks, InspectionKind kind, string reason, Actor actor, CancellationToken ct) =>
        Open(tasks, [], kind, reason, null, actor, ct);

    /// <param name="units">Also these, whether a task of theirs is named or not.</param>
    public async Task<IReadOnlyList<Inspection>> Open(
        IReadOnlyList<TaskInstance> tasks, IReadOnlyList<string> units, InspectionKind kind, string reason, InspectionRound? round, Actor actor, CancellationToken ct)
    {
        var opened = new List<Inspection>();
        foreach (var unit in tasks.Select(task => task.LeadUnit).Concat(units).Distinct())
        {
            List<Guid> about = [.. tasks.Where(task => task.LeadUnit == unit).Select(task => task.Id).Distinct()];
            var opening = new InspectionOpening(
                Guid.CreateVersion7(clock.Now), actor.Jurisdiction, await Number("inspections", "督查", actor.Jurisdiction, ct), kind, unit, about, reason, round?.Id, round?.InspectionTeam);
            var inspection = Inspection.Open(opening, actor, clock.Now);
            session.Db.Inspections.Add(inspection);
            session.Db.InspectionTasks.AddRange(about.Select(task => new InspectionTask { InspectionId = inspection.Id, TaskId = task }));
            opened.Add(await Commit(inspection, ct));
        }

        return opened;
    }

    /// <summary>督办单 with the next number of its series.</summary>
    /// <exception cref="RuleBrokenException">As <see cref="Inspection.IssueOrder"/>.</exception>
    public async Task<Inspection> IssueOrder(Inspection inspection, string text, DateTimeOffset answerBy, Actor actor, CancellationToken ct)
    {
        inspection.IssueOrder(actor, await Number("orders", "督办", inspection.Jurisdiction, ct), text, answerBy, clock.Now);
        return await Commit(inspection, ct);
    }

    /// <summary>The newest inspection of a task that is not closed, to be changed; null when there is none.</summary>
    public Task<Inspection?> StandingOf(Guid taskId, CancellationToken ct) => session.Db.Inspections.AsTracking()
        .Where(row => row.State != InspectionState.Closed && session.Db.InspectionTasks.Any(about => about.TaskId == taskId && about.InspectionId == row.Id))
        .OrderByDescending(row => row.OpenedAt).ThenByDescending(row => row.Key).FirstOrDefaultAsync(ct);

    /// <summary>How the tasks of its rectification stand.</summary>
    public Task<FollowUp> Rectification(Inspection inspection, CancellationToken ct) => sourced.Standing(inspection.Jurisdiction, TaskSource, inspection.Key, ct);

    /// <summary>Writes what was recorded of it.</summary>
    public async Task<Inspection> Commit(Inspection inspection, CancellationToken ct)
    {
        var zone = (await catalogues.Current(session, ct)).Reckoning(inspection.Jurisdiction).Zone;
        await audit.Append([.. inspection.Recorded.Select(step => InspectionRecord.Of(inspection, step, zone))], ct);
        outbox.Add(inspection.Recorded.SelectMany(step => InspectionNotices.Of(inspection, step)).ToList());
        await session.Db.SaveChangesAsync(ct);
        inspection.ForgetRecorded();
        return inspection;
    }

    /// <param name="series">inspections, orders, rounds.</param>
    public async Task<string> Number(string series, string prefix, string jurisdiction, CancellationToken ct) =>
        await numbers.NextOf(series, jurisdiction, prefix, (await catalogues.Current(session, ct)).Reckoning(jurisdiction).LocalDate(clock.Now).Year, ct);

    /// <summary>The rule of <see cref="Inspection.VisibleTo"/>, for the database.</summary>
    public static IQueryable<Inspection> Visible(StoreContext db, Actor actor, DateTimeOffset now)
    {
        var rows = db.Inspections.AsNoTracking().Where(row => row.Jurisdiction == actor.Jurisdiction);
        if (actor.Is(Role.Inspector) || actor.Is(Role.Leader))
        {
            return rows;
        }

        var (unit, name, own) = (actor.Unit, $"|{actor.UserName}|", actor.ReadsFor(actor.Unit));
        return rows.Where(row => (own && row.Unit == unit)
            || (row.Unit != unit && row.State != InspectionState.Closed && row.TeamNames.Contains(name)
                && db.InspectionRounds.Any(round => round.Id == row.RoundId && round.From <= now && (round.Until == null || round.Until > now))));
    }
}
