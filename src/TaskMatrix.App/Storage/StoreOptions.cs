using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace TaskMatrix.App.Storage;

/// <summary>What all contexts of a running program are made from: for options of another kind EF makes all its services once more.</summary>
internal static class StoreOptions
{
    public static DbContextOptionsBuilder<SqliteStore> Sqlite => Of<SqliteStore>();

    public static DbContextOptionsBuilder<PostgresStore> Postgres => Of<PostgresStore>();

    /// <summary>A test compares the model with the migrations; doing it again with every migration costs half a second.</summary>
    private static DbContextOptionsBuilder<T> Of<T>() where T : StoreContext =>
        new DbContextOptionsBuilder<T>().ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
}
