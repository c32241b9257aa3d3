using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage.Migrations;

namespace TaskMatrix.App.Storage;

/// <summary>Migrations for SQLite hang on this type.</summary>
public sealed class SqliteStore(DbContextOptions<SqliteStore> options) : StoreContext(options)
{
    internal override IReadOnlyList<string> Migrations => KnownMigrations.Sqlite;
}

/// <summary>Migrations for PostgreSQL hang on this type.</summary>
public sealed class PostgresStore(DbContextOptions<PostgresStore> options) : StoreContext(options)
{
    internal override IReadOnlyList<string> Migrations => KnownMigrations.Postgres;
}
