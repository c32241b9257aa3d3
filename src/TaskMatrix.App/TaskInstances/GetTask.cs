using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>One task, now or as it stood at a moment.</summary>
public static class GetTask
{
    /// <param name="AsOf">Null: now; so is a moment that is still to come.</param>
    public sealed record Query(Guid TaskId, DateTimeOffset? AsOf = null) : IRequest<TaskView>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock, Subordinates subordinates)
        : IRequestHandler<Query, TaskView>
    {
        public async Task<TaskView> Handle(Query query, CancellationToken ct)
        {
            var task = await session.Db.Tasks.AsNoTracking().SingleOrDefaultAsync(task => task.Id == query.TaskId, ct);
            if (task is null || !task.VisibleTo(user.Actor))
            {
                throw new NotFoundException("task", query.TaskId.ToString());
            }

            var view = query.AsOf is { } moment && moment < clock.Now
                ? TaskView.Of(await StoodAt(query.TaskId, moment, ct), user.Actor, moment) with { AllowedActions = [] }
                : await subordinates.Show(TaskView.Of(task, user.Actor, clock.Now), task, ct);
            var items = await ChecklistItems.Of(session.Db, await catalogues.Current(session, ct), [task], ct);
            return view with { Items = items(task) };
        }

        private async Task<TaskInstance> StoodAt(Guid id, DateTimeOffset moment, CancellationToken ct)
        {
            var events = await TaskEvents.Of(session.Db, id, moment, ct);
            return events.Count > 0 ? TaskInstance.Replay(events) : throw new NotFoundException("task", id.ToString());
        }
    }
}

/// <summary>The stored events of a task.</summary>
public static class TaskEvents
{
    /// <param name="until">Only those not later; null for all.</param>
    public static async Task<List<TaskEvent>> Of(StoreContext db, Guid task, DateTimeOffset? until, CancellationToken ct)
    {
        var entries = db.Audit.AsNoTracking().Where(entry => entry.TaskId == task && entry.TaskSequence != null);
        entries = until is { } moment ? entries.Where(entry => entry.At <= moment) : entries;
        var payloads = await entries.OrderBy(entry => entry.TaskSequence).Select(entry => entry.Payload).ToListAsync(ct);
        return [.. payloads.Select(Read)];
    }

    public static TaskEvent Read(string payload) => Read(Encoding.UTF8.GetBytes(payload));

    /// <summary>Only the event is made into an object; what stands before it is passed over.</summary>
    /// <exception cref="JsonException">Not the payload of an event.</exception>
    internal static TaskEvent Read(ReadOnlySpan<byte> payload)
    {
        var json = new Utf8JsonReader(payload);
        json.Read();
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var found = json.ValueTextEquals("event"u8);
            json.Read();
            if (found)
            {
                return JsonSerializer.Deserialize<TaskEvent>(ref json, JsonColumn.Options)!;
            }

            json.Skip();
        }

        throw new JsonException("no event");
    }
}
