using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using SQLitePCL;

namespace TaskMatrix.App.Storage;

/// <summary>The database file and how its connections are set.</summary>
/// <param name="path">Created by migrating when it does not exist.</param>
/// <param name="interceptors">See every query before it runs; none by default.</param>
/// <param name="alone">Says whether this process is the folder's server; others write without checkpoints. Null: nobody else is there.</param>
public sealed class SqliteFile(string path, IEnumerable<IInterceptor>? interceptors = null, StoreLock? alone = null) : IReadContexts
{
    private readonly string _connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString();

    private readonly ConcurrentBag<AheadOfTurn> _ahead = [];

    private readonly ConditionalWeakTable<sqlite3, object> _set = [];

    /// <summary>Used again and again: making a context costs more than most queries.</summary>
    private PooledDbContextFactory<SqliteStore>? _reading;

    private volatile bool _closed;

    public string Path { get; } = path;

    /// <summary>The writer alone checkpoints: SQLite 3.50.4 can lose a WAL that two connections reset at once.</summary>
    public SqliteConnection OpenWriter()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_connectionString) { Pooling = false }.ToString());
        connection.Open();
        var checkpoints = alone?.TryTake() is false ? 0 : 1000;
        Run(connection, $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA wal_autocheckpoint={checkpoints}; PRAGMA journal_size_limit={LogKept};{Memory}");
        return connection;
    }

    /// <summary>Bytes that stay of a log which a long reader made grow, once it is in the file.</summary>
    private const int LogKept = 64 * 1024 * 1024;

    /// <summary>
    /// Of the writer: 8 MB hold what it touches again and again, and what a statement would need to be undone stays in memory
    /// instead of in a file that is made and removed with every other command.
    /// </summary>
    private const string Memory = "PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY;";

    /// <summary>For one command at a time; to be disposed when it is decided. Null where the database cannot be opened: the gate says why.</summary>
    internal AheadOfTurn? Ahead()
    {
        try
        {
            return Idle() ?? OpenAhead();
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private AheadOfTurn? Idle() => _ahead.TryTake(out var idle) ? idle : null;

    private AheadOfTurn OpenAhead()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_connectionString) { Pooling = false }.ToString());
        try
        {
            connection.Open();
            Run(connection, ReadOnly);
            return new AheadOfTurn(connection, GiveBack);
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Lets go of the idle connections for reading, so that the writer closes last and alone puts the log into the file.</summary>
    public void CloseReaders()
    {
        _closed = true;
        while (_ahead.TryTake(out var idle))
        {
            idle.Close();
        }

        using var reader = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(reader);
    }

    public StoreContext Create() => (_reading ??= new PooledDbContextFactory<SqliteStore>(ReadOptions(), poolSize: 64)).CreateDbContext();

    /// <exception cref="SqliteException">The database cannot be opened or read.</exception>
    public async Task<T> Ask<T>(Func<StoreContext, Task<T>> ask, CancellationToken ct)
    {
        using var idle = Idle() ?? OpenAhead();
        try
        {
            return await ask(idle.Db);
        }
        catch (AheadOfTurn.TooMuchException e) when (e.InnerException is SqliteException unreadable)
        {
            ExceptionDispatchInfo.Throw(unreadable);
            throw;
        }
    }

    /// <summary>No more are kept than can be at work at once.</summary>
    private void GiveBack(AheadOfTurn ahead)
    {
        if (!_closed && _ahead.Count < Environment.ProcessorCount * 2)
        {
            _ahead.Add(ahead);
            if (_closed && _ahead.TryTake(out var late))
            {
                late.Close();
            }
        }
        else
        {
            ahead.Close();
        }
    }

    private DbContextOptions<SqliteStore> ReadOptions() =>
        StoreOptions.Sqlite
            .UseSqlite(_connectionString)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .AddInterceptors([.. interceptors ?? [], new QueryOnly(this)])
            .Options;

    private static void Run(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private const string ReadOnly = "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0; PRAGMA busy_timeout=5000;";

    /// <summary>The driver opens the same connections again and again; each is set once.</summary>
    private void SetOnce(DbConnection connection)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        if (!_set.TryGetValue(handle, out _))
        {
            Run(connection, ReadOnly);
            _set.Add(handle, ReadOnly);
        }
    }

    private sealed class QueryOnly(SqliteFile file) : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData data) => file.SetOnce(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData data, CancellationToken ct = default)
        {
            file.SetOnce(connection);
            return Task.CompletedTask;
        }
    }
}
