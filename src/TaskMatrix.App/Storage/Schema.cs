using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace TaskMatrix.App.Storage;

/// <summary>Brings a database to the newest schema.</summary>
public static class Schema
{
    /// <summary>Serialises nodes that start together on one PostgreSQL.</summary>
    private const long AdvisoryLock = 0x5461736B4D617472;

    public static Task Apply(AppOptions options, CancellationToken ct) =>
        options.Postgres is { } connection ? ApplyPostgres(connection, ct) : ApplySqlite(options, ct);

    private static async Task ApplySqlite(AppOptions options, CancellationToken ct)
    {
        await using var connection = new SqliteFile(options.DatabaseFile).OpenWriter();
        await using var db = new SqliteStore(new DbContextOptionsBuilder<SqliteStore>().UseSqlite(connection).ConfigureWarnings(Known).Options);

        // EF waits for this row for ever, and who was killed while migrating has left it there. A file has one server.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
        await db.Database.MigrateAsync(ct);
    }

    private static async Task ApplyPostgres(string connection, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var guard = await source.OpenConnectionAsync(ct);
        await using var take = new NpgsqlCommand($"SELECT pg_advisory_lock({AdvisoryLock})", guard);
        await take.ExecuteNonQueryAsync(ct);

        await using var db = new PostgresStore(new DbContextOptionsBuilder<PostgresStore>().UseNpgsql(source).ConfigureWarnings(Known).Options);
        await db.Database.MigrateAsync(ct);
    }

    /// <summary>A test compares the model with the migrations; doing it again at every start costs half a second.</summary>
    private static void Known(WarningsConfigurationBuilder warnings) => warnings.Ignore(RelationalEventId.PendingModelChangesWarning);
}
