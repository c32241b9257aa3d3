using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Schedules;

/// <summary>When a recurring duty occurs.</summary>
/// <param name="Next">Null while paused or over.</param>
public sealed record ScheduleView(
    string DutyId, string Title, string English, string Cron, string Zone, string Calendar, string Policy, DateTimeOffset? Next, DateTimeOffset? Last,
    string? LastResult, bool Paused)
{
    /// <summary>Units that the duty is given to.</summary>
    public required IReadOnlyList<string> LeadUnits { get; init; }

    /// <summary>Post of who paused it, when and why; null while it goes on.</summary>
    public PauseView? PausedSince { get; init; }
}

public sealed record PauseView(string By, DateTimeOffset At, string? Reason);

/// <summary>The schedules of a jurisdiction; for those who oversee it.</summary>
public static class ListSchedules
{
    /// <param name="Unit">Only duties given to this unit.</param>
    /// <param name="Text">Part of the title or id of a duty.</param>
    /// <param name="Paused">Only those that are paused, or that are not.</param>
    public sealed record Query(string? Jurisdiction, string? Unit = null, string? Text = null, bool? Paused = null) : IRequest<IReadOnlyList<ScheduleView>>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues) : IRequestHandler<Query, IReadOnlyList<ScheduleView>>
    {
        public async Task<IReadOnlyList<ScheduleView>> Handle(Query query, CancellationToken ct)
        {
            ScheduleAccess.RequireReader(user.Actor, query.Jurisdiction);
            var catalogue = await catalogues.Current(session, ct);
            var rows = await session.Db.Schedules.AsNoTracking()
                .Where(row => row.Jurisdiction == user.Actor.Jurisdiction && row.Part == StoredSchedule.Occurrences)
                .OrderBy(row => row.DutyId).ToListAsync(ct);
            return [.. rows.Where(row => catalogue.Duty(row.DutyId) is not null).Select(row => View(row, catalogue)).Where(view => Fits(view, query))];
        }

        private static bool Fits(ScheduleView view, Query query) =>
            (query.Unit is not { } unit || view.LeadUnits.Contains(unit)) && (query.Paused is not { } paused || view.Paused == paused)
            && (query.Text is not { } text || new[] { view.DutyId, view.Title, view.English }.Any(words => words.Contains(text, StringComparison.OrdinalIgnoreCase)));

        internal static ScheduleView View(StoredSchedule row, Catalogue catalogue)
        {
            var duty = catalogue.Duty(row.DutyId)!;
            return new ScheduleView(
                row.DutyId, duty.Title, duty.English, row.Cron, catalogue.Reckoning(row.Jurisdiction).Zone, duty.Calendar, row.Policy,
                row.Paused ? null : row.NextAt, row.LastAt, row.LastResult, row.Paused)
            {
                LeadUnits = duty.LeadUnits,
                PausedSince = row is { Paused: true, PausedAt: { } at } ? new PauseView(row.PausedBy ?? "", at, row.PausedReason) : null,
            };
        }
    }
}
