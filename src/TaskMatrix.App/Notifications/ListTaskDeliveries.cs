using System.Text.Json.Nodes;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Notifications;

/// <summary>A message about a task that left the program, as the record has it.</summary>
/// <param name="Recipient">A <see cref="Engine.Notifications.Recipient"/>.</param>
/// <param name="Result">arrived or set-aside.</param>
public sealed record TaskDeliveryView(DateTimeOffset At, string Message, string Recipient, string Channel, string To, string Result, int Attempts, string? Error, string Hash);

/// <summary>Who was told of a task outside the program, and whether it arrived; oldest first.</summary>
public static class ListTaskDeliveries
{
    /// <summary>Entries in one answer; the first ones.</summary>
    public const int Most = 200;

    public sealed record Query(Guid TaskId) : IRequest<IReadOnlyList<TaskDeliveryView>>;

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Query, IReadOnlyList<TaskDeliveryView>>
    {
        public async Task<IReadOnlyList<TaskDeliveryView>> Handle(Query query, CancellationToken ct)
        {
            var task = await session.Db.Tasks.AsNoTracking().SingleOrDefaultAsync(task => task.Id == query.TaskId, ct);
            if (task is null || !task.VisibleTo(user.Actor))
            {
                throw new NotFoundException("task", query.TaskId.ToString());
            }

            var entries = await session.Db.Audit.AsNoTracking()
                .Where(entry => entry.TaskId == query.TaskId && entry.TaskSequence == null && entry.Action == SettleDeliveries.Action)
                .OrderBy(entry => entry.Id).Take(Most).ToListAsync(ct);
            return [.. entries.Select(View)];
        }

        private static TaskDeliveryView View(AuditEntry entry)
        {
            var payload = JsonNode.Parse(entry.Payload)!;
            string Text(string name) => payload[name]?.GetValue<string>() ?? "";
            return new TaskDeliveryView(
                entry.At, Text("message"), Text("recipient"), Text("channel"), Text("to"), Text("result"), payload["attempts"]!.GetValue<int>(),
                payload["error"]?.GetValue<string>(), entry.Hash);
        }
    }
}
