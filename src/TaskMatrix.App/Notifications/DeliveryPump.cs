using System.Diagnostics.Metrics;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Notifications;

/// <summary>Takes the outbox over and sends what is due, outside any transaction; one at a time on a node, several nodes at once.</summary>
public sealed class DeliveryPump(IServiceScopeFactory scopes, Postman postman, DomainClock clock, ILogger<DeliveryPump> log)
{
    private const int Batch = 50, OutboxBatch = 500;

    private static readonly Counter<long> Sent = Figures.Meter.CreateCounter<long>("taskmatrix.deliveries", description: "Attempts to deliver a message, by result: arrived, failed");

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <returns>Attempts made.</returns>
    public async Task<int> Run(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (!await HasWork(ct))
            {
                return 0;
            }

            while ((await Send(new TakeOverOutbox.Command(OutboxBatch), ct)).Messages == OutboxBatch)
            {
            }

            var attempts = 0;
            for (var parcels = await Send(new ClaimDeliveries.Command(Batch), ct); parcels.Count > 0; parcels = await Send(new ClaimDeliveries.Command(Batch), ct))
            {
                var ended = await Task.WhenAll(parcels.Select(parcel => Attempt(parcel, ct)));
                await Send(new SettleDeliveries.Command(ended), ct);
                attempts += ended.Length;
            }

            return attempts;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A look that writes nothing: most of the time nothing waits.</summary>
    private async Task<bool> HasWork(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<Session>().Db, clock.Now);
        return await db.Deliveries.AnyAsync(delivery => delivery.State == DeliveryState.Waiting && delivery.DueAt <= now, ct)
            || await db.Messages.AnyAsync(message => message.OutboxAt <= now, ct);
    }

    private async Task<Attempted> Attempt(Parcel parcel, CancellationToken ct)
    {
        var error = await postman.Deliver(parcel, ct);
        Sent.Add(1, new KeyValuePair<string, object?>("result", error is null ? "arrived" : "failed"));
        if (error is not null)
        {
            log.LogWarning("Delivery {Delivery} by {Channel} to {Recipient} failed at attempt {Attempt}: {Error}",
                parcel.Delivery.Id, parcel.Channel.Kind, parcel.Delivery.Address, parcel.Delivery.Attempts, error);
        }

        return new Attempted(parcel.Delivery.Id, parcel.Delivery.Attempts, error);
    }

    private async Task<T> Send<T>(IRequest<T> request, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }
}

/// <summary>Lets the pump look every few seconds; nothing it fails at is lost, the rows stay.</summary>
public sealed class DeliveryService(DeliveryPump pump, TimeProvider wall, ILogger<DeliveryService> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, wall);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await pump.Run(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Messages could not be delivered and will be tried again");
            }
        }
    }
}
