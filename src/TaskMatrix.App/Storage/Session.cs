using TaskMatrix.App.Organisations;

namespace TaskMatrix.App.Storage;

/// <summary>The context of this request: the gate's own while a command runs, otherwise one for reading.</summary>
public sealed class Session(IReadContexts contexts) : IAsyncDisposable
{
    private StoreContext? _reading;
    private StoreContext? _writing;
    private bool _ahead;

    public StoreContext Db => _writing ?? (_reading ??= contexts.Create());

    /// <inheritdoc cref="IReadContexts.Ask"/>
    public Task<T> Ask<T>(Func<StoreContext, Task<T>> ask, CancellationToken ct) => contexts.Ask(ask, ct);

    public bool IsWriting => _writing is not null;

    /// <summary>Another number with every command, and with every further attempt of one: what was kept for an earlier one no longer holds.</summary>
    public int Turn { get; private set; }

    /// <summary>Set by the way in when the caller gave an Idempotency-Key.</summary>
    public IAnswerMemory? Answers { get; set; }

    /// <summary>Set by the way in for the command that does what a form was for: the form's draft ends in the same transaction.</summary>
    public DraftEnd? Written { get; set; }

    public IDisposable Write(StoreContext db)
    {
        (_writing, _ahead, Turn) = (db, false, Turn + 1);
        return new Writing(this);
    }

    /// <summary>As for writing, on what only keeps what would be written.</summary>
    internal IDisposable Decide(StoreContext db)
    {
        var deciding = Write(db);
        _ahead = true;
        return deciding;
    }

    /// <summary>To be called by what must see all that was written before: a command that is decided ahead is put off to its turn.</summary>
    internal void WantTurn()
    {
        if (_ahead)
        {
            throw new AheadOfTurn.TooMuchException();
        }
    }

    public ValueTask DisposeAsync() => _reading?.DisposeAsync() ?? ValueTask.CompletedTask;

    private sealed class Writing(Session session) : IDisposable
    {
        public void Dispose() => session._writing = null;
    }
}

/// <summary>Remembers the answer of a POST in the transaction of its command.</summary>
public interface IAnswerMemory
{
    /// <summary>Throws with the stored answer when the same request was answered before.</summary>
    Task Recall(StoreContext db, CancellationToken ct);

    Task Remember(StoreContext db, object? answer, CancellationToken ct);
}
