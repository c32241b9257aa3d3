using Npgsql;

namespace TaskMatrix.App.Storage;

/// <summary>
/// Bounds of every session on PostgreSQL. A node that stands still in the midst of a transaction (stopped, swapped out, cut
/// off) loses it after <see cref="IdleInTransaction"/>: its locks go to the others, and what it still sends is refused.
/// </summary>
internal static class PostgresSession
{
    /// <summary>How long a transaction may wait for its node's next statement.</summary>
    public static readonly TimeSpan IdleInTransaction = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long a statement may wait for another one's lock. Shorter than <see cref="IdleInTransaction"/>: what a node that stands
    /// still was waiting for is given up before it could be had, held and waited for in its turn. A command waits twice, so that
    /// whoever waits for such a node gets through; then 503.
    /// </summary>
    public static readonly TimeSpan Lock = TimeSpan.FromSeconds(15);

    /// <summary>How long a command may wait for its turn to write.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromSeconds(30);

    /// <summary>How long a statement may run. Checks and backups of the whole record have no such bound.</summary>
    public static readonly TimeSpan Statement = TimeSpan.FromSeconds(120);

    /// <summary>Options that the connection string names itself are kept.</summary>
    public static string Bounded(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        settings.Options = $"-c idle_in_transaction_session_timeout={IdleInTransaction.TotalMilliseconds} -c lock_timeout={Lock.TotalMilliseconds} "
            + $"-c statement_timeout={Statement.TotalMilliseconds} {settings.Options}".TrimEnd();
        settings.ApplicationName ??= "TaskMatrix";
        return settings.ToString();
    }

    /// <summary>Bounded, and each connection of the pool keeps what it runs often prepared, unless the connection string says how: planning a write anew costs more than running it.</summary>
    public static string ForWork(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(Bounded(connection));
        if (settings.MaxAutoPrepare == 0)
        {
            (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (200, 2);
        }

        // All that is set is set for a transaction only, so a connection goes back as it came.
        settings.NoResetOnClose = true;
        return settings.ToString();
    }

    /// <summary>For work that is done once: nothing stays open afterwards.</summary>
    public static string Once(string connection) => new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ToString();
}
