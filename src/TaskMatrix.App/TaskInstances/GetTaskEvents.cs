using System.Text.Json.Nodes;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.TaskInstances;

/// <summary>An event of a task as the record has it.</summary>
/// <param name="LocalAt">The same moment as it was written down, in the zone of the jurisdiction.</param>
/// <param name="Actor">userName, displayName, post, unit, onBehalfOf.</param>
/// <param name="Changes">Field → [old, new].</param>
/// <param name="Event">What happened, with all it says.</param>
public sealed record TaskEventView(
    int Sequence, DateTimeOffset At, string LocalAt, string Action, JsonNode? Actor, string? From, string? To,
    JsonNode? Changes, string? Reason, string? Clause, JsonNode? Event, string Chain, long ChainSequence, string Hash, string PreviousHash);

/// <summary>The whole history of a task, oldest first.</summary>
public static class GetTaskEvents
{
    public sealed record Query(Guid TaskId) : IRequest<IReadOnlyList<TaskEventView>>;

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Query, IReadOnlyList<TaskEventView>>
    {
        public async Task<IReadOnlyList<TaskEventView>> Handle(Query query, CancellationToken ct)
        {
            var task = await session.Db.Tasks.AsNoTracking().SingleOrDefaultAsync(task => task.Id == query.TaskId, ct);
            if (task is null || !task.VisibleTo(user.Actor))
            {
                throw new NotFoundException("task", query.TaskId.ToString());
            }

            var entries = await session.Db.Audit.AsNoTracking().Where(entry => entry.TaskId == query.TaskId && entry.TaskSequence != null)
                .OrderBy(entry => entry.TaskSequence).ToListAsync(ct);
            return [.. entries.Select(View)];
        }

        private static TaskEventView View(AuditEntry entry)
        {
            var payload = JsonNode.Parse(entry.Payload)!;
            return new TaskEventView(
                entry.TaskSequence!.Value, entry.At, payload["localAt"]!.GetValue<string>(), entry.Action, ActorOf(payload),
                payload["from"]?.GetValue<string>(), payload["to"]?.GetValue<string>(), Take(payload, "changes"),
                payload["reason"]?.GetValue<string>(), payload["clause"]?.GetValue<string>(), Take(payload, "event"),
                payload["chain"]!.GetValue<string>(), entry.Sequence, entry.Hash, payload["previousHash"]!.GetValue<string>());
        }

        /// <summary>The record leaves out what is null; who reads it need not know that.</summary>
        private static JsonNode? ActorOf(JsonNode payload)
        {
            var actor = Take(payload, "actor");
            _ = actor?.AsObject().TryAdd("onBehalfOf", null);
            return actor;
        }

        private static JsonNode? Take(JsonNode payload, string name) => payload[name]?.DeepClone();
    }
}
