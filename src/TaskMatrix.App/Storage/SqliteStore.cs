using Microsoft.EntityFrameworkCore;

namespace TaskMatrix.App.Storage;

/// <summary>Migrations for SQLite hang on this type.</summary>
public sealed class SqliteStore(DbContextOptions<SqliteStore> options) : StoreContext(options);

/// <summary>Migrations for PostgreSQL hang on this type.</summary>
public sealed class PostgresStore(DbContextOptions<PostgresStore> options) : StoreContext(options);
