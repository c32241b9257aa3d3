using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>Contexts and connections for reading are used again; nothing of who used them before is left in them.</summary>
public sealed class SqliteReadingTests
{
    [Fact]
    public async Task A_connection_for_reading_writes_nothing_and_moves_no_log_however_often_it_is_used()
    {
        await using var system = await TestSystem.Start(activate: false);
        var file = new SqliteFile(system.Options.DatabaseFile);
        for (var time = 0; time < 3; time++)
        {
            await using var db = file.Create();

            var refused = await Assert.ThrowsAsync<SqliteException>(() => db.Database.ExecuteSqlRawAsync("DELETE FROM settings"));
            Assert.Equal(SQLitePCL.raw.SQLITE_READONLY, refused.SqliteErrorCode);
            await db.Database.OpenConnectionAsync();
            await using var pragma = db.Database.GetDbConnection().CreateCommand();
            pragma.CommandText = "PRAGMA wal_autocheckpoint";
            Assert.Equal(0L, await pragma.ExecuteScalarAsync());
        }
    }

    [Fact]
    public async Task A_look_at_one_moment_leaves_no_connection_open()
    {
        await using var system = await TestSystem.Start(activate: false);
        var file = new SqliteFile(system.Options.DatabaseFile);
        StoreContext first;
        await using (first = file.Create())
        {
            await using var moment = await Snapshot.Begin(first, CancellationToken.None);
            await first.Settings.CountAsync();
        }

        await using var again = file.Create();
        Assert.Same(first, again);
        await again.Settings.CountAsync();
        Assert.Equal(ConnectionState.Closed, again.Database.GetDbConnection().State);
        Assert.Null(again.Database.CurrentTransaction);
    }
}
