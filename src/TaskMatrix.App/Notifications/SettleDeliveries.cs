using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Notifications;

/// <summary>How an attempt ended.</summary>
/// <param name="Attempt">Which one it was; another node's later attempt is left alone.</param>
/// <param name="Error">Null: it arrived.</param>
public sealed record Attempted(Guid DeliveryId, int Attempt, string? Error);

/// <summary>
/// Writes down how attempts ended: arrived, to be tried again later, or set aside. What is final is recorded with recipient,
/// channel and result in the record of each task it spoke of.
/// </summary>
public static class SettleDeliveries
{
    public const string Action = "notify";

    public sealed record Command(IReadOnlyList<Attempted> Attempts) : IRequest<int>, ICommand;

    internal sealed class Handler(Session session, CatalogueSource catalogues, AuditWriter audit, DomainClock clock) : IRequestHandler<Command, int>
    {
        public async Task<int> Handle(Command command, CancellationToken ct)
        {
            var attempts = command.Attempts.ToDictionary(attempt => attempt.DeliveryId);
            var ids = attempts.Keys.ToList();
            var deliveries = await session.Db.Deliveries.AsTracking().Where(delivery => ids.Contains(delivery.Id)).OrderBy(delivery => delivery.Id).ToListAsync(ct);
            var settled = deliveries.FindAll(delivery => delivery.State == DeliveryState.Waiting && delivery.Attempts == attempts[delivery.Id].Attempt);
            settled.ForEach(delivery => Settle(delivery, attempts[delivery.Id].Error));
            await Record(settled.FindAll(delivery => delivery.State != DeliveryState.Waiting), ct);
            return settled.Count;
        }

        private void Settle(Delivery delivery, string? error)
        {
            delivery.LastError = error;
            var wait = error is null ? null : BackOff.After(delivery.Attempts);
            delivery.State = error is null ? DeliveryState.Arrived : wait is null ? DeliveryState.SetAside : DeliveryState.Waiting;
            delivery.DueAt = clock.Now + (wait ?? TimeSpan.Zero);
        }

        private async Task Record(List<Delivery> final, CancellationToken ct)
        {
            if (final.Count == 0)
            {
                return;
            }

            var ids = final.ConvertAll(delivery => delivery.MessageId);
            var messages = await session.Db.Messages.AsNoTracking().Where(message => ids.Contains(message.Id)).ToDictionaryAsync(message => message.Id, ct);
            var catalogue = await catalogues.Current(session, ct);
            await audit.Append([.. final.SelectMany(delivery => Entries(delivery, messages[delivery.MessageId], catalogue))], ct);
        }

        private IEnumerable<AuditDraft> Entries(Delivery delivery, Message message, Catalogue catalogue)
        {
            var details = new Dictionary<string, object?>
            {
                ["message"] = message.Kind, ["recipient"] = delivery.Address, ["channel"] = delivery.Kind, ["to"] = delivery.Shown,
                ["result"] = delivery.State is DeliveryState.Arrived ? "arrived" : "set-aside", ["attempts"] = delivery.Attempts, ["error"] = delivery.LastError,
                ["deliveryId"] = delivery.Id,
            };
            var zone = catalogue.Reckoning(delivery.Jurisdiction).Zone;
            return message.TaskIds.Select(task => (Guid?)task).DefaultIfEmpty(null).Select(task => new AuditDraft(
                delivery.Jurisdiction, Recipient.ChainOf(delivery.Address), clock.Now, zone, Actor.Scheduler(delivery.Jurisdiction), Action, details, task));
        }
    }
}
