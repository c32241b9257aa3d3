using System.Linq.Expressions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Overdue;

namespace TaskMatrix.App.Overdue;

/// <summary>A timer or a delivery that waits, failed, or was set aside after several attempts.</summary>
/// <param name="Id">Of the task that a timer watches, or of the delivery.</param>
/// <param name="TaskId">Null for a delivery.</param>
/// <param name="Kind">ack, due, missed or the name of a rung; for a delivery <c>deliver-</c> and its channel.</param>
/// <param name="Recipient">Whom a delivery is for; null for a timer.</param>
/// <param name="To">What may be shown of where it goes.</param>
/// <param name="Task">The task that a timer watches; null for a delivery, and for those who see no task.</param>
/// <param name="Rung">What a rung of the ladder does; null for other timers and where the ladder has it no longer.</param>
public sealed record JobView(
    Guid Id, Guid? TaskId, string Kind, string State, DateTimeOffset DueAt, int Attempts, string? LastError, string? Recipient = null, string? To = null,
    JobTask? Task = null, JobRung? Rung = null)
{
    /// <summary>Tried in vain and waiting. Its moment, which every delivery has, leads through the index of those that wait, so it costs no more than these.</summary>
    internal static readonly Expression<Func<Delivery, bool>> FailedDelivery =
        delivery => delivery.State == DeliveryState.Waiting && delivery.LastError != null && delivery.DueAt > DateTimeOffset.UnixEpoch;

    internal static JobView Of(StoredTimer timer) =>
        new(timer.TaskId, timer.TaskId, timer.Kind, timer.SetAside ? "dead" : timer.Attempts > 0 ? "failed" : "due", timer.DueAt, timer.Attempts, timer.LastError);

    internal static JobView Of(Delivery delivery) => new(
        delivery.Id, null, "deliver-" + delivery.Kind, delivery.State is DeliveryState.SetAside ? "dead" : delivery.LastError is not null ? "failed" : "due",
        delivery.DueAt, delivery.Attempts, delivery.LastError, delivery.Address, delivery.Shown);
}

/// <param name="English">Empty where the title has none.</param>
public sealed record JobTask(string Number, string Title, string English);

/// <param name="To">Whom it speaks to.</param>
public sealed record JobRung(RungKind Kind, RungRecipient To);

public static class ListJobs
{
    /// <param name="State">due (default): all that wait, the next first · failed: to be tried again · dead: set aside.</param>
    public sealed record Query(string? State, Paging Paging) : IRequest<ListPage<JobView>>;

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(query => query.State).Must(state => state is null or "due" or "failed" or "dead").WithErrorCode("job.unknown-state");
    }

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues) : IRequestHandler<Query, ListPage<JobView>>
    {
        /// <summary>Of one moment timers stand before deliveries; the cursor says which of the two it stands at.</summary>
        private const string AtDelivery = "d:";

        public async Task<ListPage<JobView>> Handle(Query query, CancellationToken ct)
        {
            ScheduleAccess.RequireReader(user.Actor, null);
            var timers = (await Timers(query, ct)).ConvertAll(JobView.Of);
            var deliveries = (await Deliveries(query, ct)).ConvertAll(JobView.Of);
            var jobs = timers.Concat(deliveries).OrderBy(job => job.DueAt).Take(query.Paging.Size + 1).ToList();
            var page = query.Paging.Cut(jobs, job => job, job => (job.DueAt.UtcTicks, (job.TaskId is null ? AtDelivery : "") + job.Id));
            return page with { Items = await Named(page.Items, ct) };
        }

        /// <summary>Says which task a timer watches and what its rung does; the system administrator sees no task.</summary>
        private async Task<IReadOnlyList<JobView>> Named(IReadOnlyList<JobView> jobs, CancellationToken ct)
        {
            var ids = jobs.Where(job => job.TaskId is not null).Select(job => job.Id).ToList();
            if (ids.Count == 0)
            {
                return jobs;
            }

            var ladders = (await catalogues.Current(session, ct)).Set.Ladders;
            var tasks = await session.Db.Tasks.AsNoTracking().Where(task => ids.Contains(task.Id))
                .Select(task => new { task.Id, task.Number, task.Title, task.English, task.Ladder }).ToDictionaryAsync(task => task.Id, ct);
            return [.. jobs.Select(job => job.TaskId is { } id && tasks.TryGetValue(id, out var task)
                ? job with
                {
                    Task = user.Actor.Oversees ? new JobTask(task.Number, task.Title, task.English) : null,
                    Rung = task.Ladder is { } ladder ? RungOf(ladders.GetValueOrDefault(ladder), job.Kind) : null,
                }
                : job)];
        }

        private static JobRung? RungOf(EscalationLadder? ladder, string name) =>
            ladder?.Rungs.FirstOrDefault(rung => rung.Name == name) is { } rung ? new JobRung(rung.Kind, rung.To) : null;

        private Task<List<StoredTimer>> Timers(Query query, CancellationToken ct)
        {
            var timers = session.Db.Timers.AsNoTracking().Where(timer => timer.Jurisdiction == user.Actor.Jurisdiction);
            timers = query.State switch
            {
                "failed" => timers.Where(timer => !timer.SetAside && timer.Attempts > 0),
                "dead" => timers.Where(timer => timer.SetAside),
                _ => timers.Where(timer => !timer.SetAside),
            };
            if (At(query) is { } at)
            {
                timers = timers.Where(timer => timer.DueAt > at.Moment || (timer.DueAt == at.Moment && !at.Delivery && timer.TaskId.CompareTo(at.Id) > 0));
            }

            return timers.OrderBy(timer => timer.DueAt).ThenBy(timer => timer.TaskId).Take(query.Paging.Size + 1).ToListAsync(ct);
        }

        private Task<List<Delivery>> Deliveries(Query query, CancellationToken ct)
        {
            var deliveries = session.Db.Deliveries.AsNoTracking().Where(delivery => delivery.Jurisdiction == user.Actor.Jurisdiction);
            deliveries = query.State switch
            {
                "failed" => deliveries.Where(JobView.FailedDelivery),
                "dead" => deliveries.Where(delivery => delivery.State == DeliveryState.SetAside),
                _ => deliveries.Where(delivery => delivery.State == DeliveryState.Waiting),
            };
            if (At(query) is { } at)
            {
                deliveries = deliveries.Where(delivery => delivery.DueAt > at.Moment
                    || (delivery.DueAt == at.Moment && (!at.Delivery || delivery.Id.CompareTo(at.Id) > 0)));
            }

            return deliveries.OrderBy(delivery => delivery.DueAt).ThenBy(delivery => delivery.Id).Take(query.Paging.Size + 1).ToListAsync(ct);
        }

        private static Place? At(Query query)
        {
            if (query.Paging.After() is not { } at)
            {
                return null;
            }

            var delivery = at.Key.StartsWith(AtDelivery, StringComparison.Ordinal);
            var key = delivery ? at.Key[AtDelivery.Length..] : at.Key;
            return new Place(new DateTimeOffset(at.Moment, TimeSpan.Zero), delivery, Guid.TryParse(key, out var id) ? id : Guid.Empty);
        }

        private sealed record Place(DateTimeOffset Moment, bool Delivery, Guid Id);
    }
}

/// <summary>Gives a timer or a delivery that failed or was set aside another try at once.</summary>
public static class RetryJob
{
    public sealed record Command(Guid Id) : IRequest<JobView>, ICommand;

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Command, JobView>
    {
        public async Task<JobView> Handle(Command command, CancellationToken ct)
        {
            ScheduleAccess.RequireReader(user.Actor, null);
            var place = user.Actor.Jurisdiction;
            var timer = await session.Db.Timers.AsTracking().SingleOrDefaultAsync(timer => timer.TaskId == command.Id && timer.Jurisdiction == place, ct);
            var delivery = timer is not null ? null : await session.Db.Deliveries.AsTracking().SingleOrDefaultAsync(
                one => one.Id == command.Id && one.Jurisdiction == place && (one.State == DeliveryState.Waiting || one.State == DeliveryState.SetAside), ct);
            if (timer is null && delivery is null)
            {
                throw new NotFoundException("job", command.Id.ToString());
            }

            return timer is not null ? Retry(timer) : Retry(delivery!);
        }

        private JobView Retry(StoredTimer timer)
        {
            ScheduleAccess.RequireOffice(user.Actor);
            (timer.SetAside, timer.Attempts, timer.DueAt) = (false, 0, clock.Now);
            return JobView.Of(timer);
        }

        /// <summary>Whoever looks after the channels may try again too. Attempts go on counting: a late answer to an older one settles nothing.</summary>
        private JobView Retry(Delivery delivery)
        {
            if (!user.Actor.Is(Role.SystemAdministrator))
            {
                ScheduleAccess.RequireOffice(user.Actor);
            }

            if (delivery.State is DeliveryState.SetAside || delivery.LastError is not null)
            {
                (delivery.State, delivery.DueAt) = (DeliveryState.Waiting, clock.Now);
            }

            return JobView.Of(delivery);
        }
    }
}
