using System.Text.Json;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Reports;

/// <summary>One version of a task's report.</summary>
/// <param name="Kind">report or correction.</param>
/// <param name="Values">The form as it was filled; null where none was.</param>
/// <param name="By">Who wrote it, as the record names them; so is <paramref name="SignedBy"/>.</param>
/// <param name="Counts">It is the one that counts now.</param>
public sealed record ReportVersionView(
    int Version, string Kind, JsonElement? Values, Outcome Outcome, string Text, string? Reason, string By, DateTimeOffset At,
    string? SignedBy, DateTimeOffset? SignedAt, bool Counts);

/// <summary>Everything a task has reported, oldest first: submissions and corrections, none of them ever changed.</summary>
public static class GetReportVersions
{
    public sealed record Query(Guid TaskId) : IRequest<IReadOnlyList<ReportVersionView>>;

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Query, IReadOnlyList<ReportVersionView>>
    {
        public async Task<IReadOnlyList<ReportVersionView>> Handle(Query query, CancellationToken ct)
        {
            var task = await session.Db.Tasks.AsNoTracking().SingleOrDefaultAsync(task => task.Id == query.TaskId, ct);
            if (task is null || !task.VisibleTo(user.Actor))
            {
                throw new NotFoundException("task", query.TaskId.ToString());
            }

            var payloads = await session.Db.Audit.AsNoTracking().Where(entry => entry.TaskId == query.TaskId && entry.TaskSequence != null)
                .OrderBy(entry => entry.TaskSequence).Select(entry => entry.Payload).ToListAsync(ct);
            var names = payloads.Select(payload => JsonNode.Parse(payload)!["actor"]!).DistinctBy(actor => (string?)actor["userName"])
                .ToDictionary(actor => (string)actor["userName"]!, actor => (string?)actor["displayName"] ?? "");
            return [.. ReportVersion.Of(payloads.Select(TaskEvents.Read), task.SignOffRequired).Select(version => View(version, names))];
        }

        /// <summary>Officials appear by post, which the record keeps beside the user name.</summary>
        private static ReportVersionView View(ReportVersion version, Dictionary<string, string> names) => new(
            version.Version, version.IsCorrection ? "correction" : "report", FormJson.Of(version.Form), version.Outcome, version.Text, version.Reason,
            names.GetValueOrDefault(version.By, version.By), version.At,
            version.SignedBy is { } signer ? names.GetValueOrDefault(signer, signer) : null, version.SignedAt, version.Counts);
    }
}
