using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace TaskMatrix.App.Storage;

/// <summary>
/// One connection writes and checkpoints, in BEGIN IMMEDIATE, so writers never meet 'database is locked'. Commands that wait
/// share a commit; each is answered after it, with success or not. Most that are refused have written nothing yet; one that has
/// takes the transaction with it, and each of its companions runs again by itself. A savepoint for each would copy every page that
/// a command changes.
/// </summary>
public sealed class SqliteWriteGate : IWriteGate, IAsyncDisposable
{
    private const int LargestBatch = 64;

    private readonly Channel<IWork> _waiting = Channel.CreateUnbounded<IWork>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteFile _file;
    private readonly SqliteConnection _connection;
    private readonly DbContextOptions<SqliteStore> _options;
    private readonly SqliteStatements _statements;
    private readonly Task _loop;

    /// <summary>One for all commands, emptied after each: making one costs more than most statements.</summary>
    private SqliteStore? _context;

    /// <param name="interceptors">See every command of EF's; none by default.</param>
    /// <param name="watch">Sees every prepared statement; nobody by default.</param>
    public SqliteWriteGate(SqliteFile file, IEnumerable<IInterceptor> interceptors, StatementWatch? watch = null)
    {
        _file = file;
        _connection = file.OpenWriter();
        _options = StoreOptions.Sqlite.UseSqlite(_connection).AddInterceptors(interceptors).Options;
        _statements = new SqliteStatements(_connection, watch);
        _loop = Task.Run(Loop);
    }

    public async Task<T> Run<T>(Func<StoreContext, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        var item = new Work<T>(work, ct);
        if (!_waiting.Writer.TryWrite(item))
        {
            throw new StoreUnavailableException(new ObjectDisposedException(nameof(SqliteWriteGate)));
        }

        return await item.Answered;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        _file.CloseReaders();
        await Forget();
        _statements.Dispose();
        await _connection.DisposeAsync();
    }

    private async Task Loop()
    {
        await foreach (var first in _waiting.Reader.ReadAllAsync())
        {
            foreach (var alone in await CommitTogether([first], takesMore: true))
            {
                await CommitTogether([alone], takesMore: false);
            }
        }
    }

    /// <summary>Nobody is told anything before the commit: a refusal may rest on what another one has written in it.</summary>
    /// <param name="works">Taken before the transaction begins, so that somebody is told when it cannot.</param>
    /// <param name="takesMore">Also what else waits.</param>
    /// <returns>Those that are to run again, each by itself, because one of them was refused half-way; empty: all are answered.</returns>
    private async Task<List<IWork>> CommitTogether(List<IWork> works, bool takesMore)
    {
        var refused = new Dictionary<IWork, Exception>();
        try
        {
            await using var transaction = _connection.BeginTransaction(deferred: false);
            for (var i = 0; i < works.Count; i++)
            {
                var before = Changes;
                if (await Attempt(works[i], transaction) is { } refusal)
                {
                    refused[works[i]] = refusal;
                    if (Changes != before)
                    {
                        await transaction.RollbackAsync();
                        return Alone(works, refusal);
                    }
                }

                if (takesMore && i == works.Count - 1 && works.Count < LargestBatch && _waiting.Reader.TryRead(out var next))
                {
                    works.Add(next);
                }
            }

            await Leave();
            await transaction.CommitAsync();
            works.ForEach(work => work.Answer(refused.GetValueOrDefault(work)));
        }
        catch (Exception broken)
        {
            // The whole transaction is lost, and with it everything that waited in it.
            var failure = new StoreUnavailableException(broken);
            works.ForEach(work => work.Answer(failure));
            await Forget();
        }

        return [];
    }

    /// <summary>Whoever was alone is answered; of several nobody knows any longer what holds, so each looks again.</summary>
    private static List<IWork> Alone(List<IWork> works, Exception refusal)
    {
        if (works.Count > 1)
        {
            return works;
        }

        works[0].Answer(refusal);
        return [];
    }

    /// <summary>Rows that this connection has ever changed, by whatever way.</summary>
    private int Changes => raw.sqlite3_total_changes(_connection.Handle);

    /// <returns>Why it was refused; null when it was done.</returns>
    private async Task<Exception?> Attempt(IWork work, SqliteTransaction transaction)
    {
        try
        {
            _statements.Forget();
            await work.Execute(await Context(transaction));
            _context!.ChangeTracker.Clear();
            return null;
        }
        catch (Exception refused) when (!BreaksTransaction(refused))
        {
            await Forget();
            return raw.sqlite3_get_autocommit(_connection.Handle) == 0 ? refused : throw new InvalidOperationException("The transaction has ended by itself.", refused);
        }
    }

    private async Task<SqliteStore> Context(SqliteTransaction transaction)
    {
        _context ??= new SqliteStore(_options) { Statements = _statements };
        if (_context.Database.CurrentTransaction is null)
        {
            await _context.Database.UseTransactionAsync(transaction);
            _context.Database.AutoSavepointsEnabled = false;
        }

        return _context;
    }

    /// <summary>A context outlives its transaction only when it is told.</summary>
    private Task Leave() => _context?.Database.UseTransactionAsync(null) ?? Task.CompletedTask;

    /// <summary>What failed half-way may have left anything behind in it.</summary>
    private ValueTask Forget()
    {
        var left = _context;
        _context = null;
        return left?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>Errors after which SQLite may have rolled back by itself: memory, I/O, corruption, disk full.</summary>
    private static bool BreaksTransaction(Exception e) =>
        (e as SqliteException ?? e.InnerException as SqliteException) is { SqliteErrorCode: 7 or 10 or 11 or 13 or 26 };

    private interface IWork
    {
        Task Execute(StoreContext db);

        /// <param name="refusal">Null: it is done.</param>
        void Answer(Exception? refusal);
    }

    private sealed class Work<T>(Func<StoreContext, CancellationToken, Task<T>> work, CancellationToken ct) : IWork
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private T? _result;

        public Task<T> Answered => _answer.Task;

        public async Task Execute(StoreContext db)
        {
            ct.ThrowIfCancellationRequested();
            _result = await work(db, ct);
        }

        public void Answer(Exception? refusal) => _ = refusal is null ? _answer.TrySetResult(_result!) : _answer.TrySetException(refusal);
    }
}
