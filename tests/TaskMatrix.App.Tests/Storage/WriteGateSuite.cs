using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.TaskInstances;

namespace TaskMatrix.App.Tests.Storage;

public sealed class WriteGateOnPostgres() : WriteGateSuite(new PostgresDatabase())
{
    [Fact]
    public async Task A_server_that_takes_no_writes_is_told_read_from_and_recovered_from()
    {
        await using var system = await TestSystem.Start(Database, activate: false);
        await Write(system, "before");
        await Refuse(system, "on");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Write(system, "refused"));
        Assert.Equal(["before"], await Settings(system));

        await Refuse(system, "off");
        await Write(system, "later");
        Assert.Equal(["before", "later"], await Settings(system));
    }

    /// <summary>Contexts are used again: one that had come back open would keep its connection behind every later query.</summary>
    [Fact]
    public async Task A_question_leaves_no_connection_open()
    {
        await using var system = await TestSystem.Start(Database, activate: false);
        var contexts = system.Services.GetRequiredService<IReadContexts>();
        for (var n = 0; n < 3; n++)
        {
            Assert.Equal(1, await contexts.Ask(async db => (await db.Statements!.Read(new Statement("SELECT CAST(1 AS bigint)", []).With(), row => row.Number(0), CancellationToken.None))[0], CancellationToken.None));
        }

        await using var db = contexts.Create();
        await db.Jurisdictions.AnyAsync();
        Assert.Equal(System.Data.ConnectionState.Closed, db.Database.GetDbConnection().State);
        Assert.Null(db.Statements);
    }

    [Fact]
    public async Task A_transaction_that_stays_open_is_told_and_a_check_of_the_record_is_none()
    {
        await using var system = await TestSystem.Start(Database, activate: false);
        await using var db = system.Services.GetRequiredService<IReadContexts>().Create();
        var watch = system.Services.GetRequiredService<StoreWatch>();
        var enough = TimeSpan.FromSeconds(1);
        await using (await Snapshot.Begin(db, CancellationToken.None))
        {
            await Task.Delay(enough);
            Assert.True((await watch.Look(CancellationToken.None)).OldestTransaction < enough);
        }

        await using (await db.Database.BeginTransactionAsync())
        {
            await db.Database.ExecuteSqlRawAsync("SELECT 1");
            // A wait may end some milliseconds early, and the look itself takes fewer.
            await Task.Delay(enough + TimeSpan.FromMilliseconds(100));
            Assert.True((await watch.Look(CancellationToken.None)).OldestTransaction >= enough);
        }
    }

    /// <summary>As the server says it: a disk of its own to fill is none of a test's rights.</summary>
    [Theory]
    [InlineData(PostgresErrorCodes.DiskFull)]
    [InlineData(PostgresErrorCodes.IoError)]
    public async Task A_full_or_broken_disk_is_told_keeps_nothing_and_is_recovered_from(string state)
    {
        await using var system = await TestSystem.Start(Database, activate: false);
        await Write(system, "before");
        await Gate(system).Run((db, ct) => db.Database.ExecuteSqlRawAsync(
            """
            CREATE FUNCTION test_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = NEW.value; END $$;
            CREATE TRIGGER test_full AFTER INSERT ON settings FOR EACH ROW WHEN (NEW.key = 'test.second') EXECUTE FUNCTION test_full();
            """,
            ct), CancellationToken.None);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Write(system, "first", db =>
        {
            db.Settings.Add(new StoredSetting { Key = "test.second", Value = state });
            return Task.CompletedTask;
        }));
        Assert.Equal(["before"], await Settings(system));

        await Gate(system).Run((db, ct) => db.Database.ExecuteSqlRawAsync("DROP TRIGGER test_full ON settings", ct), CancellationToken.None);
        await Write(system, "after");
        Assert.Equal(["after", "before"], await Settings(system));
    }

    [Fact]
    public async Task What_is_written_often_is_kept_prepared()
    {
        await using var system = await TestSystem.Start(Database, activate: false);
        for (var n = 0; n < 4; n++)
        {
            await system.Acknowledge((await system.Assign()).Id);
        }

        await using var connection = await system.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var prepared = new NpgsqlCommand("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'INSERT INTO audit%'", connection);
        Assert.Equal(1L, await prepared.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_thousand_commands_at_once_share_a_pool_of_two_connections()
    {
        await using var system = await TestSystem.Start(Database, activate: false);
        await using var gate = Tiny(system, timeout: 60);

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(n => Note(gate, $"{n}")));

        Assert.Equal(1000, (await Settings(system)).Count);
    }

    [Fact]
    public async Task Who_gets_no_connection_is_told_that_the_store_is_away_and_the_next_one_writes()
    {
        await using var system = await TestSystem.Start(Database, activate: false);
        await using var gate = Tiny(system, timeout: 1);
        await using var one = gate.Reader();
        await using var two = gate.Reader();
        await Task.WhenAll(one.Database.OpenConnectionAsync(), two.Database.OpenConnectionAsync());

        var refused = await Task.WhenAll(Enumerable.Range(0, 3).Select(n => Record.ExceptionAsync(() => Note(gate, $"{n}"))));
        var unread = await Record.ExceptionAsync(() => gate.Reader().Settings.ToListAsync());

        Assert.All(refused, failure => Assert.IsType<StoreUnavailableException>(failure));
        Assert.True(StoreFaults.IsAway(unread!), unread!.ToString());
        await one.Database.CloseConnectionAsync();
        await Note(gate, "later");
        Assert.Equal(["later"], await Settings(system));
    }

    /// <summary>As long as a wait for a lock is shorter than what a node that stands still may hold one, its waiting transactions end before the one they wait for.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_command_waits_twice_for_a_lock_and_is_then_told_that_the_store_is_away(bool letsGo)
    {
        Assert.True(PostgresSession.Lock < PostgresSession.IdleInTransaction && PostgresSession.Lock * 2 > PostgresSession.IdleInTransaction);
        await using var system = await TestSystem.Start(Database, activate: false);
        await using var gate = new TinyNode(NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(system.Options.Postgres) { Options = "-c lock_timeout=300" }));
        await using var outside = new NpgsqlConnection(system.Options.Postgres);
        await outside.OpenAsync();
        await using var holds = await outside.BeginTransactionAsync();
        await using (var held = new NpgsqlCommand("INSERT INTO settings (key, value) VALUES ('test.held', '')", outside, holds))
        {
            await held.ExecuteNonQueryAsync();
        }

        var attempts = 0;
        var write = Record.ExceptionAsync(() => Note(gate, "held", async () => await (++attempts == 2 && letsGo ? holds.RollbackAsync() : Task.CompletedTask)));

        Assert.Equal(letsGo, await write is null);
        Assert.True(letsGo || await write is StoreUnavailableException);
        Assert.Equal(2, attempts);
    }

    /// <summary>A node that may have two connections.</summary>
    /// <param name="timeout">Seconds that somebody waits for one.</param>
    private static TinyNode Tiny(TestSystem system, int timeout) =>
        new(NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(system.Options.Postgres) { MaxPoolSize = 2, Timeout = timeout }));

    private static Task<int> Note(TinyNode node, string key, Func<Task>? before = null) => node.Gate.Run(
        async (db, ct) =>
        {
            await (before?.Invoke() ?? Task.CompletedTask);
            db.Settings.Add(new StoredSetting { Key = $"test.{key}", Value = "" });
            return await db.SaveChangesAsync(ct);
        },
        CancellationToken.None);

    private sealed class TinyNode(NpgsqlDataSource source) : IAsyncDisposable
    {
        public PostgresWriteGate Gate { get; } = new(source, []);

        public StoreContext Reader() => Gate.Create();

        public ValueTask DisposeAsync() => source.DisposeAsync();
    }

    private static async Task Refuse(TestSystem system, string onOrOff)
    {
        var connection = new NpgsqlConnectionStringBuilder(system.Options.Postgres) { Pooling = false, Options = "-c default_transaction_read_only=off" };
        await using var outside = new NpgsqlConnection(connection.ToString());
        await outside.OpenAsync();
        await using var set = new NpgsqlCommand($"ALTER DATABASE {connection.Database} SET default_transaction_read_only = {onOrOff}", outside);
        await set.ExecuteNonQueryAsync();
        system.Services.GetRequiredService<NpgsqlDataSource>().Clear();
    }
}

public sealed class WriteGateOnSqlite() : WriteGateSuite(new SqliteDatabase())
{
    [Fact]
    public async Task Commands_that_wait_share_a_commit()
    {
        await using var system = await TestSystem.Start(Database, activate: false);
        var (open, entered) = (new TaskCompletionSource(), new TaskCompletionSource());
        var transactions = new List<object>();
        var first = Write(system, "first", async db =>
        {
            entered.SetResult();
            await open.Task;
            transactions.Add(db.Database.CurrentTransaction!.GetDbTransaction());
        });
        await entered.Task;
        var others = Enumerable.Range(0, 20).Select(n => Write(system, $"other-{n}", db =>
        {
            transactions.Add(db.Database.CurrentTransaction!.GetDbTransaction());
            return Task.CompletedTask;
        })).ToList();
        open.SetResult();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(21, transactions.Count);
        Assert.Single(transactions.Distinct());
    }

    /// <summary>Whoever is refused before it has written anything costs the others nothing.</summary>
    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task Those_that_wrote_beside_one_refused_half_way_write_again_without_it(bool writes, int times)
    {
        await using var system = await TestSystem.Start(Database, activate: false);
        var (open, entered, ran) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        var first = Write(system, "first", async _ =>
        {
            ran++;
            entered.TrySetResult();
            await open.Task;
        });
        await entered.Task;
        var second = Gate(system).Run<bool>(
            async (db, ct) =>
            {
                db.Settings.Add(new StoredSetting { Key = "test.refused", Value = "" });
                await (writes ? db.SaveChangesAsync(ct) : Task.FromResult(0));
                throw new InvalidOperationException("refused");
            },
            CancellationToken.None);
        var third = Write(system, "third");
        open.SetResult();

        await Assert.ThrowsAsync<InvalidOperationException>(() => second);
        await Task.WhenAll(first, third);
        Assert.Equal(times, ran);
        Assert.Equal(["first", "third"], await Settings(system));
    }

    /// <summary>Somebody asks for what another one has just written and is refused because of it; then that one's transaction is lost, and it does not write again.</summary>
    [Fact]
    public async Task Nobody_is_told_what_rests_on_something_that_was_never_committed()
    {
        await using var system = await TestSystem.Start(Database, activate: false);
        var (open, entered, ran) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        var first = Write(system, "first", async _ =>
        {
            entered.TrySetResult();
            await open.Task;
            if (++ran == 2)
            {
                throw new OperationCanceledException();
            }
        });
        await entered.Task;
        var asks = Gate(system).Run(
            async (db, ct) => await db.Settings.AnyAsync(setting => setting.Key == "test.first", ct) ? throw new InvalidOperationException("it is there") : true, CancellationToken.None);
        var halfWay = Write(system, "half-way", async db =>
        {
            await db.SaveChangesAsync();
            throw new InvalidOperationException("refused");
        });
        open.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAsync<InvalidOperationException>(() => halfWay);
        Assert.True(await asks);
        Assert.Empty(await Settings(system));
    }

    [Fact]
    public async Task A_full_disk_is_told_keeps_nothing_and_is_recovered_from()
    {
        await using var system = await TestSystem.Start(Database, activate: false);
        await Gate(system).Run(async (db, ct) => await db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 1", ct), CancellationToken.None);
        var big = new string('x', 1_000_000);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Write(system, "big", db =>
        {
            db.Settings.Add(new StoredSetting { Key = "much", Value = big });
            return Task.CompletedTask;
        }));
        Assert.Empty(await Settings(system));

        await Gate(system).Run(async (db, ct) => await db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 1000000", ct), CancellationToken.None);
        await Write(system, "after");
        Assert.Equal(["after"], await Settings(system));
    }

    [Fact]
    public async Task A_connection_that_is_gone_is_told_to_whoever_waits()
    {
        await using var system = await TestSystem.Start(Database, activate: false);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Write(system, "last", db => db.Database.GetDbConnection().CloseAsync()));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Write(system, "later"));
    }
}

public abstract class WriteGateSuite(ITestDatabase database)
{
    protected ITestDatabase Database { get; } = database;

    [Fact]
    public async Task Fifty_clients_write_at_once_and_none_meets_a_lock()
    {
        await using var system = await TestSystem.Start(Database, activate: false);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(client => Task.Run(async () =>
        {
            for (var n = 0; n < 5; n++)
            {
                await Write(system, $"{client}-{n}");
                Assert.True(await system.Read(db => db.Settings.AnyAsync(setting => setting.Key == $"test.{client}-{n}")), "answered before it was stored");
            }
        })));

        Assert.Equal(250, (await Settings(system)).Count);
    }

    [Fact]
    public async Task Only_so_many_commands_wait_and_the_next_is_told_at_once()
    {
        await using var system = await TestSystem.Start(Database, activate: false);
        var bounded = new BoundedWriteGate(() => Gate(system), TimeProvider.System, most: 3);
        var open = new TaskCompletionSource();
        var waiting = Enumerable.Range(0, 3).Select(_ => bounded.Run(async (_, _) => { await open.Task; return true; }, CancellationToken.None)).ToList();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => bounded.Run((_, _) => Task.FromResult(true), CancellationToken.None));
        Assert.Equal(3, bounded.Waiting);
        Assert.True(bounded.Oldest > TimeSpan.Zero);
        open.SetResult();
        await Task.WhenAll(waiting);

        Assert.Equal(0, bounded.Waiting);
        Assert.True(await bounded.Run((_, _) => Task.FromResult(true), CancellationToken.None));
    }

    [Fact]
    public async Task A_failing_command_keeps_nothing_and_harms_no_other()
    {
        await using var system = await TestSystem.Start(Database, activate: false);

        var writes = Enumerable.Range(0, 30).Select(n => Write(system, $"{n:00}", async db =>
        {
            await db.SaveChangesAsync();
            if (n % 3 == 0)
            {
                throw new InvalidOperationException("refused");
            }
        })).ToList();
        await Settled(writes);

        Assert.All(writes.Where((_, n) => n % 3 == 0), write => Assert.IsType<InvalidOperationException>(write.Exception!.InnerException));
        Assert.Equal(Enumerable.Range(0, 30).Where(n => n % 3 != 0).Select(n => $"{n:00}"), await Settings(system));
    }

    [Fact]
    public async Task A_statement_that_is_refused_harms_no_other_command()
    {
        await using var system = await TestSystem.Start(Database, activate: false);

        var writes = Enumerable.Range(0, 10).Select(n => Write(system, $"{n}", db =>
            n == 5 ? db.Database.ExecuteSqlRawAsync("INSERT INTO no_such_table VALUES (1)") : Task.CompletedTask)).ToList();
        await Settled(writes);

        Assert.Equal(9, (await Settings(system)).Count);
        Assert.True(writes[5].IsFaulted);
    }

    [Fact]
    public async Task A_command_whose_caller_has_gone_is_not_begun()
    {
        await using var system = await TestSystem.Start(Database, activate: false);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        var write = Gate(system).Run((_, _) => Task.FromResult(true), gone.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);

        await Write(system, "next");
        Assert.Equal(["next"], await Settings(system));
    }

    protected static IWriteGate Gate(TestSystem system) => system.Services.GetRequiredService<IWriteGate>();

    protected static Task<bool> Write(TestSystem system, string key, Func<StoreContext, Task>? besides = null) => Gate(system).Run(
        async (db, ct) =>
        {
            db.Settings.Add(new StoredSetting { Key = $"test.{key}", Value = "" });
            await (besides?.Invoke(db) ?? Task.CompletedTask);
            await db.SaveChangesAsync(ct);
            return true;
        },
        CancellationToken.None);

    /// <summary>Waits until every one is answered, with success or not.</summary>
    private static async Task Settled(IEnumerable<Task> writes)
    {
        foreach (var write in writes)
        {
            await Record.ExceptionAsync(() => write);
        }
    }

    protected static Task<List<string>> Settings(TestSystem system) => system.Read(db =>
        db.Settings.Where(setting => setting.Key.StartsWith("test.")).Select(setting => setting.Key.Substring(5)).OrderBy(key => key).ToListAsync());
}
