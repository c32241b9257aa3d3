using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Overdue;

/// <summary>How the queues and the heartbeat stand, to be compared with how they stood: what is equal shows the same page.</summary>
/// <param name="NewestSweep">When the newest one that had something to do, or failed, began; idle ones change nothing.</param>
public sealed record JobStanding(GetJobSummary.Result Queues, bool Alive, bool Rescued, DateTimeOffset? NewestSweep);

/// <summary>Follows the queues. They stand in no record, so they are looked at: by figures that cost what is due.</summary>
public sealed class JobTail(IReadContexts contexts, SweepHealth health, DomainClock clock)
{
    public static bool MayFollow(Actor actor) => ScheduleAccess.MayRead(actor);

    /// <param name="place">Jurisdiction whose queues they are.</param>
    public async Task<JobStanding> Look(string place, CancellationToken ct)
    {
        await using var db = contexts.Create();
        var recent = health.Recent;
        return new JobStanding(
            await GetJobSummary.Read(db, place, clock.Now, ct), health.Alive, health.RescuedSince is not null, recent.Count > 0 ? recent[0].At : null);
    }
}
