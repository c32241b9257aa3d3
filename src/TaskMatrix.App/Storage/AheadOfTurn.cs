using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace TaskMatrix.App.Storage;

/// <summary>
/// Where a command is decided while others write: it reads what is committed by prepared statements, and what it would write is
/// kept for its turn. There is one writer, so whatever is done here beside it is time that the next command need not wait. Only
/// what is looked at again in its turn may be read (the version of a row, the stamp of the catalogue): anything else (a query of
/// EF's, a number, a further task) is too much, and the command is decided in its turn.
/// </summary>
internal sealed class AheadOfTurn : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatements _reading;
    private readonly Action<AheadOfTurn> _giveBack;
    private bool _broken;

    /// <param name="connection">Open, for reading alone.</param>
    /// <param name="giveBack">Called when it may be used again.</param>
    public AheadOfTurn(SqliteConnection connection, Action<AheadOfTurn> giveBack)
    {
        (_connection, _reading, _giveBack) = (connection, new SqliteStatements(connection, null), giveBack);
        Db = new SqliteStore(Options) { Statements = new Collecting(this) };
    }

    private static readonly DbContextOptions<SqliteStore> Options = StoreOptions.Sqlite.UseSqlite("Data Source=:memory:").AddInterceptors(new NoQuery()).Options;

    /// <summary>Knows the model and its statements; a query is too much.</summary>
    public StoreContext Db { get; }

    /// <summary>To be written in its turn: first what may be refused because somebody else came first.</summary>
    public IReadOnlyList<Change> Changes { get; private set; } = [];

    /// <summary>Texts that were asked for, which no version guards: they have to be the same in its turn.</summary>
    public IReadOnlyList<(Change Query, List<string> Texts)> Read { get; private set; } = [];

    /// <summary>Whether a command has to be decided in its turn.</summary>
    public static bool IsTooMuch(Exception e) => e is TooMuchException or { InnerException: TooMuchException };

    /// <summary>Gives it back empty.</summary>
    public void Dispose()
    {
        Db.ChangeTracker.Clear();
        Db.Statements!.Forget();
        (Changes, Read) = ([], []);
        if (_broken)
        {
            Close();
        }
        else
        {
            _giveBack(this);
        }
    }

    public void Close()
    {
        Db.Dispose();
        _reading.Dispose();
        _connection.Dispose();
    }

    /// <summary>More than may be decided ahead.</summary>
    public sealed class TooMuchException(SqliteException? unreadable = null) : Exception("This is decided when the command may write.", unreadable);

    private sealed class Collecting(AheadOfTurn ahead) : Statements
    {
        /// <summary>A database that cannot be read is told of by the gate.</summary>
        public override async Task<List<T>> Read<T>(Change query, Func<StoredRow, T> row, CancellationToken ct)
        {
            try
            {
                return await ahead._reading.Read(query, row, ct);
            }
            catch (SqliteException unreadable)
            {
                ahead._broken = true;
                throw new TooMuchException(unreadable);
            }
        }

        public override async Task<List<string>> Texts(Change query, CancellationToken ct)
        {
            var again = IsKept(query);
            var texts = await base.Texts(query, ct);
            ahead.Read = again ? ahead.Read : [.. ahead.Read, (query, texts)];
            return texts;
        }

        public override Task Write(IReadOnlyList<Change> changes, CancellationToken ct)
        {
            ahead.Changes = [.. ahead.Changes.Concat(changes).OrderBy(change => !change.Statement.One)];
            return Task.CompletedTask;
        }
    }

    private sealed class NoQuery : DbConnectionInterceptor
    {
        public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData data, InterceptionResult result) => throw new TooMuchException();

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData data, InterceptionResult result, CancellationToken ct = default) => throw new TooMuchException();
    }
}
