using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TaskMatrix.App.Storage;

/// <summary>Brings a database to the newest schema.</summary>
public static class Schema
{
    /// <summary>Serialises nodes that start together on one PostgreSQL.</summary>
    private const long AdvisoryLock = 0x5461736B4D617472;

    /// <exception cref="StoreRefusedException">What is there was made by a newer program, lacks a part, or is not for this role to change.</exception>
    /// <param name="alone">Whether this process is the folder's server; null: nobody else is there.</param>
    public static Task Apply(AppOptions options, CancellationToken ct, StoreLock? alone = null) =>
        options.Postgres is { } connection ? ApplyPostgres(options, options.PostgresOwner ?? connection, ct) : ApplySqlite(options, alone, ct);

    private static async Task ApplySqlite(AppOptions options, StoreLock? alone, CancellationToken ct)
    {
        await using var connection = new SqliteFile(options.DatabaseFile, alone: alone).OpenWriter();
        await using var db = new SqliteStore(StoreOptions.Sqlite.UseSqlite(connection).Options);
        if (await StoreCheck.Contents(db, options, ct) is [])
        {
            return;
        }

        // EF waits for this row for ever, and who was killed while migrating has left it there. A file has one server.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
        await db.Database.MigrateAsync(ct);
    }

    /// <param name="owner">Who may change the schema; the servers' own role where there is no other.</param>
    private static async Task ApplyPostgres(AppOptions options, string owner, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        await using var guard = await source.OpenConnectionAsync(ct);
        await using var take = new NpgsqlCommand($"SELECT pg_advisory_lock({AdvisoryLock})", guard) { CommandTimeout = 0 };
        await take.ExecuteNonQueryAsync(ct);

        await using var db = new PostgresStore(StoreOptions.Postgres.UseNpgsql(source).Options);
        db.Database.SetCommandTimeout(0);
        var pending = await StoreCheck.Contents(db, options, ct);
        await using var may = new NpgsqlCommand("SELECT has_schema_privilege('public', 'CREATE')", guard);
        if (await may.ExecuteScalarAsync(ct) is true)
        {
            if (pending.Count > 0)
            {
                await db.Database.MigrateAsync(ct);
            }

            await ClusteredQuartz.Provision(owner, ct);
            await PostgresRights.Grant(owner, options.Postgres!, ct);
        }
        else if (pending is [var first, ..])
        {
            throw new StoreRefusedException("store.not-migrated", first);
        }
    }
}
