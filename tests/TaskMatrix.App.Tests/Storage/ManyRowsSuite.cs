using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Storage;

public sealed class ManyRowsOnSqlite() : ManyRowsSuite(new SqliteDatabase());

public sealed class ManyRowsOnPostgres() : ManyRowsSuite(new PostgresDatabase())
{
    [Fact]
    public async Task Many_rows_of_one_kind_go_as_one_statement()
    {
        var seen = new List<string>();
        await using var system = await TestSystem.Start(new PostgresDatabase(), besides: services => services.AddSingleton<StatementWatch>(sql =>
        {
            seen.Add(sql);
            return null;
        }));
        seen.Clear();

        await InGate(system, async (db, tasks) =>
        {
            await WriteAll(db, tasks);
            await Change(db, tasks);
            await db.Statements!.Write([.. tasks.Select(task => RowMap<StoredTimer>.Of(db).UpsertOf(Timer(task, TestSystem.Morning)))], CancellationToken.None);
            await db.Statements!.Write([.. tasks.Select(task => TaskRows.RemoveTimer.With(task.Id))], CancellationToken.None);
            await db.Statements!.Flush(CancellationToken.None);
            return true;
        });

        Assert.Equal(
            ["INSERT INTO tasks", "UPDATE tasks SET", "INSERT INTO timers", "DELETE FROM timers"],
            seen.Select(sql => string.Join(' ', sql.Split(' ').Take(3))).Distinct());
        Assert.True(seen.Count < 10, "the updates of one set of columns go as one");
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(5, 1)]
    public async Task Few_go_one_by_one(int rows, int statements)
    {
        var seen = new List<string>();
        await using var system = await TestSystem.Start(new PostgresDatabase(), besides: services => services.AddSingleton<StatementWatch>(sql =>
        {
            seen.Add(sql);
            return null;
        }));
        seen.Clear();

        await InGate(system, (db, tasks) => WriteAll(db, [.. tasks.Take(rows)]));

        Assert.Equal(statements, seen.Count);
    }
}

/// <summary>Rows written together, as a sweep writes them, equal rows written one by one.</summary>
public abstract class ManyRowsSuite(ITestDatabase database)
{
    [Fact]
    public async Task New_rows_are_the_same_together_and_one_by_one()
    {
        await using var system = await TestSystem.Start(database);

        var (together, alone) = await InGate(system, async (db, tasks) =>
        {
            Assert.True(tasks.Count > 50);
            await WriteAll(db, tasks);
            var first = await Rows(db);
            await Clear(db);
            foreach (var task in tasks)
            {
                await WriteAll(db, [task]);
                await db.Statements!.Flush(CancellationToken.None);
            }

            return (first, await Rows(db));
        });

        Assert.Equal(alone, together);
    }

    [Fact]
    public async Task Changed_rows_are_the_same_together_and_written_anew()
    {
        await using var system = await TestSystem.Start(database);

        var (changed, anew) = await InGate(system, async (db, tasks) =>
        {
            await WriteAll(db, tasks);
            await Change(db, tasks);
            var first = await Rows(db);
            await Clear(db);
            await WriteAll(db, tasks);
            return (first, await Rows(db));
        });

        Assert.Equal(anew, changed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_somebody_else_changed_is_refused_and_with_it_all(bool asksAgain)
    {
        await using var system = await TestSystem.Start(database);
        var before = await system.Tasks(_ => true);
        var victim = before.Last(task => task.State == TaskState.PendingAck).Id;
        var calls = 0;

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => system.Services.GetRequiredService<IWriteGate>().Run(async (db, ct) =>
        {
            calls++;
            var tasks = await db.Tasks.AsNoTracking().ToListAsync(ct);
            await db.Database.ExecuteSqlAsync($"UPDATE tasks SET version = version + 1 WHERE id = {victim}", ct);
            await Change(db, tasks);
            if (asksAgain)
            {
                await db.Statements!.Flush(ct);
            }

            return true;
        }, CancellationToken.None));

        Assert.Equal(database is PostgresDatabase ? 8 : 1, calls);
        Assert.Equal(before.Select(task => (task.Id, task.Version, task.State)), (await system.Tasks(_ => true)).Select(task => (task.Id, task.Version, task.State)));
    }

    [Fact]
    public async Task Timers_are_set_and_removed_together()
    {
        await using var system = await TestSystem.Start(database);

        var left = await InGate(system, async (db, tasks) =>
        {
            var (map, due) = (RowMap<StoredTimer>.Of(db), TestSystem.Morning.AddDays(1));
            await db.Statements!.Write([.. tasks.Select(task => map.UpsertOf(Timer(task, due)))], CancellationToken.None);
            await db.Statements!.Write([.. tasks.Take(tasks.Count / 2).Select(task => map.UpsertOf(Timer(task, due.AddHours(1))))], CancellationToken.None);
            await db.Statements!.Write([.. tasks.Skip(5).Select(task => TaskRows.RemoveTimer.With(task.Id))], CancellationToken.None);
            await db.Statements!.Flush(CancellationToken.None);
            return (await db.Timers.AsNoTracking().OrderBy(timer => timer.TaskId).ToListAsync()).Select(timer => (timer.TaskId, timer.DueAt)).ToHashSet()
                .SetEquals(tasks.Take(5).Select(task => (task.Id, due.AddHours(1))));
        });

        Assert.True(left);
    }

    /// <summary>On PostgreSQL each question is a trip.</summary>
    [Fact]
    public async Task A_command_asks_once_which_definitions_hold()
    {
        var seen = new List<string>();
        await using var system = await TestSystem.Start(database, besides: services => services.AddSingleton<StatementWatch>(sql =>
        {
            seen.Add(sql);
            return null;
        }));
        seen.Clear();

        await system.Assign();

        Assert.Single(seen, sql => sql.Contains("FROM settings", StringComparison.Ordinal));
    }

    /// <summary>In the gate on an empty table, with what stood there; nothing of it is kept.</summary>
    private protected static async Task<T> InGate<T>(TestSystem system, Func<StoreContext, List<TaskInstance>, Task<T>> work)
    {
        T? result = default;
        await Assert.ThrowsAsync<OperationCanceledException>(() => system.Services.GetRequiredService<IWriteGate>().Run<bool>(
            async (db, _) =>
            {
                var tasks = await db.Tasks.AsNoTracking().OrderBy(task => task.Number).ToListAsync();
                await Clear(db);
                result = await work(db, tasks);
                throw new OperationCanceledException();
            },
            CancellationToken.None));
        return result!;
    }

    private protected static async Task<bool> WriteAll(StoreContext db, List<TaskInstance> tasks)
    {
        await db.Statements!.Write([.. tasks.Select(RowMap<TaskInstance>.Of(db, TaskInstanceTable.Computed).InsertOf)], CancellationToken.None);
        await db.Statements!.Flush(CancellationToken.None);
        return true;
    }

    /// <summary>Takes up every task that can be, each by its lead, so that several columns of many rows change.</summary>
    private protected static Task Change(StoreContext db, List<TaskInstance> tasks)
    {
        var map = RowMap<TaskInstance>.Of(db, TaskInstanceTable.Computed);
        var changes = new List<Change>();
        foreach (var task in tasks.Where(task => task.State == TaskState.PendingAck))
        {
            var before = map.Values(task);
            task.Acknowledge(People.Liaison(task.LeadUnit) with { Jurisdiction = task.Jurisdiction }, TestSystem.Morning);
            changes.Add(map.UpdateOf(task, before)!.Value);
        }

        Assert.True(changes.Count > 20);
        return db.Statements!.Write(changes, CancellationToken.None);
    }

    private protected static StoredTimer Timer(TaskInstance task, DateTimeOffset at) => new() { TaskId = task.Id, Jurisdiction = task.Jurisdiction, DueAt = at, Kind = "Due" };

    private static async Task Clear(StoreContext db)
    {
        await db.Timers.ExecuteDeleteAsync();
        await db.Tasks.ExecuteDeleteAsync();
    }

    private static async Task<List<string>> Rows(StoreContext db)
    {
        await db.Statements!.Flush(CancellationToken.None);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.Transaction) = ("SELECT * FROM tasks ORDER BY id", db.Database.CurrentTransaction!.GetDbTransaction());
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "NULL" : $"{reader.GetValue(i)}")));
        }

        return rows;
    }
}
