using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Tests.Storage;

public sealed class MigrationsOnSqlite() : MigrationSuite(new SqliteDatabase());

public sealed class MigrationsOnPostgres() : MigrationSuite(new PostgresDatabase())
{
    [Fact]
    public async Task Tables_of_another_program_beside_ours_are_not_taken_for_ours()
    {
        await using (var connection = new NpgsqlConnection(Options.Postgres))
        {
            await connection.OpenAsync();
            await using var others = new NpgsqlCommand("CREATE SCHEMA other; CREATE TABLE other.tasks (id int); CREATE TABLE other.\"__EFMigrationsHistory\" (\"MigrationId\" text)", connection);
            await others.ExecuteNonQueryAsync();
        }

        await Schema.Apply(Options, CancellationToken.None);
        await using var db = Open();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }
}

public abstract class MigrationSuite(ITestDatabase database) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("taskmatrix-").FullName;

    protected AppOptions Options { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Options = new AppOptions { DataFolder = _folder, ContentFolder = "", Postgres = await database.Empty(_folder) };

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task An_empty_database_is_brought_up_and_doing_it_again_changes_nothing()
    {
        await Schema.Apply(Options, CancellationToken.None);
        await Schema.Apply(Options, CancellationToken.None);

        await using var db = Open();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Empty(await db.Tasks.ToListAsync());
    }

    [Fact]
    public void The_list_of_migrations_is_whole()
    {
        using var db = Open();
        Assert.Equal(db.Database.GetMigrations(), db.Migrations);
    }

    [Fact]
    public async Task Nodes_that_start_together_bring_it_up_once()
    {
        await Task.WhenAll(Enumerable.Range(0, database.SeveralNodes ? 4 : 1).Select(_ => Schema.Apply(Options, CancellationToken.None)));

        await using var db = Open();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task The_migrations_say_all_that_the_model_says()
    {
        await using var db = Open();
        Assert.False(db.Database.HasPendingModelChanges(), "run eng/add-migration");
    }

    [Fact]
    public async Task The_compiled_model_says_all_that_the_model_says()
    {
        await using var db = Open();
        var (compiled, model) = (Said(db.Model), Said(db.GetService<IDesignTimeModel>().Model));

        Assert.True(compiled.SequenceEqual(model), $"run eng/compile-model: {string.Join('\n', model.Except(compiled).Concat(compiled.Except(model)).Take(5))}");
        Assert.NotSame(db.Model, db.GetService<IDesignTimeModel>().Model);
    }

    /// <summary>All that reading and writing go by.</summary>
    private static List<string> Said(IModel model) =>
    [
        .. model.GetEntityTypes().OrderBy(entity => entity.Name, StringComparer.Ordinal).SelectMany(entity => entity.GetProperties()
            .OrderBy(property => property.Name, StringComparer.Ordinal).Select(property => $"{entity.Name} {entity.GetTableName()} {string.Join('+', entity.FindPrimaryKey()!.Properties.Select(key => key.Name))} "
                + $"{property.Name} {property.ClrType} {property.GetColumnName()} {property.GetRelationalTypeMapping().StoreType} {property.GetRelationalTypeMapping().Converter?.GetType()} "
                + $"{property.IsNullable} {property.IsConcurrencyToken} {property.ValueGenerated}")),
    ];

    [Fact]
    public async Task A_schema_of_a_newer_program_or_without_its_beginning_is_refused()
    {
        await Schema.Apply(Options, CancellationToken.None);
        await using var db = Open();
        await db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '10.0.14')");
        Assert.Equal("store.newer", (await Assert.ThrowsAsync<StoreRefusedException>(() => Schema.Apply(Options, CancellationToken.None))).Code);

        await db.Database.ExecuteSqlAsync($"DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" IN ('29990101000000_Later', {db.Migrations[1]})");
        Assert.Equal("store.migration-missing", (await Assert.ThrowsAsync<StoreRefusedException>(() => Schema.Apply(Options, CancellationToken.None))).Code);

        await db.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsHistory\"");
        Assert.Equal("store.migration-missing", (await Assert.ThrowsAsync<StoreRefusedException>(() => Schema.Apply(Options, CancellationToken.None))).Code);
        Assert.Empty(await db.Tasks.ToListAsync());
    }

    [Fact]
    public async Task Every_migration_goes_down_to_nothing_and_up_again()
    {
        await Schema.Apply(Options, CancellationToken.None);

        await using var db = Open();
        await db.GetService<IMigrator>().MigrateAsync(Migration.InitialDatabase);
        Assert.Empty(await db.Database.GetAppliedMigrationsAsync());
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Tasks.CountAsync());

        await db.Database.MigrateAsync();
        Assert.Equal(0, await db.Audit.CountAsync());
    }

    protected StoreContext Open() => Options.Postgres is { } connection
        ? new PostgresStore(new DbContextOptionsBuilder<PostgresStore>().UseNpgsql(connection).Options)
        : new SqliteStore(new DbContextOptionsBuilder<SqliteStore>().UseSqlite($"Data Source={Options.DatabaseFile};Pooling=False").Options);
}
