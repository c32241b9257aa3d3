using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Notifications;

namespace TaskMatrix.App.Storage;

/// <summary>A request that writes: it runs inside the gate, in one transaction.</summary>
public interface ICommand;

/// <summary>
/// A command that may be decided before its turn to write comes, see <see cref="AheadOfTurn"/>: what it writes then is refused
/// where a row it changes is no longer the one it read, and the command is decided again in its turn.
/// </summary>
public interface IOptimisticCommand : ICommand;

/// <summary>Runs a command inside the gate; a command sent by another one joins its transaction.</summary>
/// <param name="file">Null on PostgreSQL, where commands do not wait for one another's turn.</param>
internal sealed class TransactionBehaviour<TRequest, TResponse>(
    Session session, IWriteGate gate, AuditWriter audit, TaskNumbers numbers, Outbox outbox, SqliteFile? file = null) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, ICommand
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        if (session.IsWriting)
        {
            return await next();
        }

        if (request is IOptimisticCommand && file is not null && await DecideAhead(file, next, ct) is { } decided)
        {
            try
            {
                return await gate.Run((db, inside) => Write(db, () => Take(decided, db, inside), inside), ct);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Somebody else came first: look again, decide again.
            }
        }

        return await gate.Run((db, inside) => Write(db, next, inside), ct);
    }

    /// <returns>Null: it wants to see or write more than can be decided ahead.</returns>
    private async Task<Decision?> DecideAhead(SqliteFile file, RequestHandlerDelegate<TResponse> next, CancellationToken ct)
    {
        using var ahead = file.Ahead();
        if (ahead is null)
        {
            return null;
        }

        using var deciding = session.Decide(ahead.Db);
        audit.Forget();
        outbox.Forget();
        try
        {
            var response = await next();
            await ahead.Db.SaveChangesAsync(ct);
            return new Decision(response, ahead.Read, ahead.Changes, audit.Take(), outbox.Take());
        }
        catch (Exception e) when (session.Answers is not null || AheadOfTurn.IsTooMuch(e))
        {
            // Whoever asks a second time is given the first answer, not a refusal: its turn decides.
            return null;
        }
    }

    /// <summary>What was decided ahead; it may have to be taken more than once.</summary>
    private async Task<TResponse> Take(Decision decided, StoreContext db, CancellationToken ct)
    {
        foreach (var (query, texts) in decided.Read)
        {
            if (!texts.SequenceEqual(await db.Statements!.Texts(query, ct)))
            {
                throw new DbUpdateConcurrencyException("It was decided on what no longer holds.");
            }
        }

        audit.Append(decided.Entries);
        outbox.Append(decided.Notices);
        await db.Statements!.Write(decided.Changes, ct);
        return decided.Response;
    }

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

    /// <param name="Read">What it rests on besides the rows that it changes.</param>
    private sealed record Decision(
        TResponse Response, IReadOnlyList<(Change Query, List<string> Texts)> Read, IReadOnlyList<Change> Changes, IReadOnlyList<WaitingEntry> Entries, IReadOnlyList<Notice> Notices);
}
