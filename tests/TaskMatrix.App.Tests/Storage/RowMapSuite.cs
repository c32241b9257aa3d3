using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Storage;

public sealed class RowMapOnSqlite() : RowMapSuite(new SqliteDatabase());

public sealed class RowMapOnPostgres() : RowMapSuite(new PostgresDatabase());

/// <summary>The prepared write path says exactly what EF's model says.</summary>
public abstract class RowMapSuite(ITestDatabase database)
{
    [Fact]
    public async Task A_task_written_by_a_prepared_statement_equals_one_written_by_EF()
    {
        await using var system = await TestSystem.Start(database);
        var tasks = await system.Read(db => db.Tasks.OrderBy(task => task.Number).ToListAsync());
        foreach (var task in tasks.DistinctBy(task => (task.State, task.Form is null, task.CoUnits.Count)))
        {
            var byEf = await Undone(system, async db =>
            {
                await db.Tasks.Where(row => row.Id == task.Id).ExecuteDeleteAsync();
                var entry = db.Tasks.Add(task);
                foreach (var (name, value) in TaskInstanceTable.Computed)
                {
                    entry.Property(name).CurrentValue = value(task);
                }

                await db.SaveChangesAsync();
                return await Row(db, $"SELECT * FROM tasks WHERE id = {task.Id}");
            });
            var byMap = await Undone(system, async db =>
            {
                await db.Tasks.Where(row => row.Id == task.Id).ExecuteDeleteAsync();
                await db.Statements!.Write([RowMap<TaskInstance>.Of(db, TaskInstanceTable.Computed).InsertOf(task)], CancellationToken.None);
                return await Row(db, $"SELECT * FROM tasks WHERE id = {task.Id}");
            });
            Assert.Equal(byEf, byMap);
        }
    }

    [Fact]
    public async Task Every_column_is_written()
    {
        await using var system = await TestSystem.Start(database);
        await system.Read(async db =>
        {
            Assert.Equal(await Columns<TaskInstance>(db), RowMap<TaskInstance>.Of(db, TaskInstanceTable.Computed).Columns.Append("live_due").Order());
            Assert.Equal(await Columns<TaskUnit>(db), RowMap<TaskUnit>.Of(db).Columns.Order());
            Assert.Equal(await Columns<StoredTimer>(db), RowMap<StoredTimer>.Of(db).Columns.Order());
            Assert.Equal(await Columns<AuditEntry>(db), RowMap<AuditEntry>.Of(db).Columns.Append("id").Order());
            return true;
        });
    }

    [Fact]
    public async Task A_changed_task_is_written_like_a_new_one_of_the_same_content()
    {
        await using var system = await TestSystem.Start(database);
        var id = (await system.Tasks(task => task.State == TaskState.PendingAck && task.LeadUnit == "education"))[0].Id;
        var (updated, inserted) = await Undone(system, async db =>
        {
            var (map, sql) = (RowMap<TaskInstance>.Of(db, TaskInstanceTable.Computed), (FormattableString)$"SELECT * FROM tasks WHERE id = {id}");
            var (task, before) = (await db.Statements!.Read(map.Select("id = $1", typeof(Guid)).With(id), map.Read, CancellationToken.None)).Single();
            task.Acknowledge(People.Liaison("education"), TestSystem.Morning);
            await db.Statements.Write([map.UpdateOf(task, before)!.Value], CancellationToken.None);
            var changed = await Row(db, sql);
            await db.Tasks.Where(row => row.Id == id).ExecuteDeleteAsync();
            await db.Statements.Write([map.InsertOf(task)], CancellationToken.None);
            return (changed, await Row(db, sql));
        });

        Assert.Equal(inserted, updated);
        Assert.Contains(updated, column => column is ("state", "InProgress"));
    }

    [Fact]
    public async Task A_task_that_somebody_else_changed_is_not_written()
    {
        await using var system = await TestSystem.Start(database);
        var id = (await system.Tasks(task => task.State == TaskState.PendingAck && task.LeadUnit == "education"))[0].Id;

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => system.Services.GetRequiredService<IWriteGate>().Run<bool>(async (db, _) =>
        {
            var map = RowMap<TaskInstance>.Of(db, TaskInstanceTable.Computed);
            var (task, before) = (await db.Statements!.Read(map.Select("id = $1", typeof(Guid)).With(id), map.Read, CancellationToken.None)).Single();
            await db.Database.ExecuteSqlAsync($"UPDATE tasks SET version = version + 1 WHERE id = {id}");
            task.Acknowledge(People.Liaison("education"), TestSystem.Morning);
            await db.Statements.Write([map.UpdateOf(task, before)!.Value], CancellationToken.None);
            return true;
        }, CancellationToken.None));
    }

    /// <summary>Does it in the gate, keeps what it gives and nothing of what it did.</summary>
    private static async Task<T> Undone<T>(TestSystem system, Func<StoreContext, Task<T>> work)
    {
        T? result = default;
        await Assert.ThrowsAsync<UndoneException>(() => system.Services.GetRequiredService<IWriteGate>().Run<bool>(
            async (db, _) =>
            {
                result = await work(db);
                throw new UndoneException();
            },
            CancellationToken.None));
        return result!;
    }

    private static async Task<List<(string, string)>> Row(StoreContext db, FormattableString sql)
    {
        await db.Statements!.Flush(CancellationToken.None);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.Transaction) = (string.Format(null, sql.Format, "@id"), db.Database.CurrentTransaction!.GetDbTransaction());
        var id = command.CreateParameter();
        (id.ParameterName, id.Value) = ("@id", sql.GetArgument(0));
        command.Parameters.Add(id);
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), reader.GetValue(i) is DBNull ? "NULL" : $"{reader.GetValue(i)}"))];
    }

    /// <summary>What the database itself says.</summary>
    private static async Task<IEnumerable<string>> Columns<T>(StoreContext db)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"SELECT * FROM {db.Model.FindEntityType(typeof(T))!.GetTableName()} LIMIT 0";
        await using var reader = await command.ExecuteReaderAsync();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).Order()];
    }

    private sealed class UndoneException : Exception;
}
