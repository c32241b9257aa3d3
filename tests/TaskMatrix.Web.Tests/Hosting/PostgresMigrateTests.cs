using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using TaskMatrix.App.Storage;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>A migration that wants a table which others hold.</summary>
public sealed class PostgresMigrateTests
{
    private const string Latest = "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\" ORDER BY 1 DESC LIMIT 1";

    [Fact]
    public async Task A_migration_behind_a_long_reader_gives_up_with_nothing_done_and_says_to_come_again()
    {
        await using var postgres = await DurablePostgres.Start();
        var (connection, folder) = (await postgres.Database("held"), RunningApi.NewFolder());
        Assert.Equal(0, (await ServerProcess.Run(connection, "migrate", "--data", folder)).Exit);
        var (newest, before) = await OneBack(connection);
        await using var reader = new NpgsqlConnection(connection);
        await reader.OpenAsync();
        await using (await reader.BeginTransactionAsync())
        {
            await One(reader, "SELECT count(*)::text FROM tasks");

            var (exit, said) = await ServerProcess.Run(connection, "migrate", "--data", folder);

            Assert.True(exit == 2, said);
            Assert.Contains("请稍后再执行", said, StringComparison.Ordinal);
            Assert.Contains("run it again later", said, StringComparison.Ordinal);
            Assert.Equal(before, await One(reader, Latest));
        }

        Assert.Equal(0, (await ServerProcess.Run(connection, "migrate", "--data", folder)).Exit);
        Assert.Equal(newest, await One(reader, Latest));
    }

    /// <summary>To before the indexes of the tasks were replaced.</summary>
    private static async Task<(string Newest, string Before)> OneBack(string connection)
    {
        await using var db = new PostgresStore(new DbContextOptionsBuilder<PostgresStore>().UseNpgsql(connection).Options);
        var all = db.Database.GetMigrations().ToList();
        var before = all[all.FindIndex(id => id.EndsWith("_LeanTaskIndexes", StringComparison.Ordinal)) - 1];
        await db.GetService<IMigrator>().MigrateAsync(before);
        return (all[^1], before);
    }

    private static async Task<string> One(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
