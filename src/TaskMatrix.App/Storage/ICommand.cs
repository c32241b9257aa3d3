using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.TaskInstances;

namespace TaskMatrix.App.Storage;

/// <summary>A request that writes: it runs inside the gate, in one transaction.</summary>
public interface ICommand;

/// <summary>Runs a command inside the gate; a command sent by another one joins its transaction.</summary>
internal sealed class TransactionBehaviour<TRequest, TResponse>(Session session, IWriteGate gate, AuditWriter audit, TaskNumbers numbers, Outbox outbox) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, ICommand
{
    public Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next) =>
        session.IsWriting ? next() : gate.Run((db, inside) => Write(db, next, inside), ct);

    private async Task<TResponse> Write(StoreContext db, RequestHandlerDelegate<TResponse> next, CancellationToken ct)
    {
        using var writing = session.Write(db);
        audit.Forget();
        outbox.Forget();
        if (session.Answers is { } answers)
        {
            await answers.Recall(db, ct);
        }

        var response = await next();
        if (session.Answers is { } memory)
        {
            await memory.Remember(db, response, ct);
        }

        if (session.Written is { } written)
        {
            await written.Write(db, ct);
        }

        await numbers.Write(ct);
        await outbox.Write(ct);
        await db.SaveChangesAsync(ct);
        await audit.Write(ct);
        return response;
    }
}
