using Microsoft.Data.Sqlite;
using Npgsql;

namespace TaskMatrix.App.Storage;

/// <summary>Tells a store that cannot work now from a request that is wrong.</summary>
public static class StoreFaults
{
    private const string IdleInTransactionTimeout = "25P03";

    /// <summary>Codes of SQLite, without what its extended ones add.</summary>
    private const int Busy = 5, InputOutput = 10, Full = 13;

    /// <summary>Disk full, server away, shut down or read-only, a lock or a statement that took too long.</summary>
    public static bool IsAway(Exception e) => e is OperationCanceledException ? false : Postgres(e) is { } refused
        ? refused.SqlState is PostgresErrorCodes.DiskFull or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.TooManyConnections
            or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.IoError or IdleInTransactionTimeout
        : Within<NpgsqlException>(e) is not null || Within<SqliteException>(e) is { SqliteErrorCode: Busy or InputOutput or Full };

    /// <summary>Others hold what is wanted, for longer than is waited for or in a circle: run again, it may go.</summary>
    public static bool IsHeldUp(Exception e) => Postgres(e) is { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected };

    /// <summary>What the database or its driver said, without what was put around it.</summary>
    public static Exception Cause(Exception e) => Postgres(e) ?? Within<NpgsqlException>(e) ?? Within<SqliteException>(e) ?? e;

    /// <summary>EF wraps it once for a failed save and once more where it calls the failure transient.</summary>
    internal static PostgresException? Postgres(Exception? e) => Within<PostgresException>(e);

    private static T? Within<T>(Exception? e) where T : Exception => e is null ? null : e as T ?? Within<T>(e.InnerException);
}
