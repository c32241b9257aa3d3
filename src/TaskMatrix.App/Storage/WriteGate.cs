namespace TaskMatrix.App.Storage;

/// <summary>
/// The one way to write. The work runs in a transaction and is answered only after the commit that holds it; when it throws,
/// nothing of it is kept. Work may run more than once, so it must not keep anything outside the context it is given.
/// </summary>
public interface IWriteGate
{
    /// <exception cref="StoreUnavailableException">The database cannot write now; nothing has changed.</exception>
    Task<T> Run<T>(Func<StoreContext, CancellationToken, Task<T>> work, CancellationToken ct);
}

/// <summary>Makes contexts for reading; they must not save.</summary>
public interface IReadContexts
{
    StoreContext Create();

    /// <summary>
    /// Asks by prepared statements alone, outside of a command: for questions that come with nearly every request. Making and
    /// asking a query of EF's costs several times what its answer does.
    /// </summary>
    /// <param name="ask">What it is given must not be kept, and has no queries of EF's.</param>
    Task<T> Ask<T>(Func<StoreContext, Task<T>> ask, CancellationToken ct);
}

/// <summary>The database cannot write now (disk full, server away). Answered as 503.</summary>
public sealed class StoreUnavailableException(Exception inner) : Exception("The database cannot write now; nothing has changed.", inner);
