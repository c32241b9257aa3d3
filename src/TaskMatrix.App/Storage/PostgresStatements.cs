using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace TaskMatrix.App.Storage;

/// <summary>
/// What is written waits, and travels with the next question or with the commit: a trip costs more than most statements. The
/// driver keeps the statements prepared on each connection of its pool.
/// </summary>
/// <param name="watch">Null: nobody watches.</param>
internal sealed class PostgresStatements(NpgsqlConnection connection, StatementWatch? watch) : Statements
{
    /// <summary>More than these are sent at once, so that a great work does not stand in memory twice; nor do more go as one statement.</summary>
    private const int MostWaiting = 1000;

    /// <summary>
    /// So many changes of one statement go as one with arrays: each row then costs the server its row and its indexes, not the
    /// opening of the table with them. Of fewer the statement for one costs less, as its plan is kept.
    /// </summary>
    private const int FewestTogether = 5;

    /// <summary>Changes of one statement and one call each.</summary>
    private readonly List<IReadOnlyList<Change>> _waiting = [];

    private int _rows;

    public override async Task<List<T>> Read<T>(Change query, Func<StoredRow, T> row, CancellationToken ct) => (await Ask(query, row, null, ct)).Rows;

    public override async Task<List<T>> ReadAnd<T>(Change query, Func<StoredRow, T> row, Change next, CancellationToken ct)
    {
        var (rows, texts) = await Ask(query, row, next, ct);
        Keep(next, texts);
        return rows;
    }

    public override Task Write(IReadOnlyList<Change> changes, CancellationToken ct)
    {
        _rows += changes.Count;
        _waiting.AddRange(changes.Count < FewestTogether ? changes.Select(change => (Change[])[change]) : changes.GroupBy(change => change.Statement).SelectMany(same => same.Chunk(MostWaiting)));
        return _rows > MostWaiting ? Flush(ct) : Task.CompletedTask;
    }

    public override async Task Flush(CancellationToken ct)
    {
        if (_waiting.Count > 0)
        {
            await using var trip = new Trip(connection, watch);
            Take(trip);
            await trip.Batch.ExecuteNonQueryAsync(ct);
            trip.Check();
        }
    }

    /// <summary>
    /// Sends what still waits with the commit behind it. Whether a row was still the one that was read would be known too late,
    /// so the server itself refuses where it was not.
    /// </summary>
    /// <returns>False when nothing waited: whoever began the transaction is to commit it.</returns>
    public async Task<bool> Commit(CancellationToken ct)
    {
        if (_waiting.Count == 0)
        {
            return false;
        }

        await using var trip = new Trip(connection, watch);
        Take(trip, guarded: true);
        trip.Batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        try
        {
            await trip.Batch.ExecuteNonQueryAsync(ct);
            return true;
        }
        catch (PostgresException none) when (none.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            throw Trip.CameSecond();
        }
    }

    private async Task<(List<T> Rows, List<string> Texts)> Ask<T>(Change query, Func<StoredRow, T> row, Change? next, CancellationToken ct)
    {
        await using var trip = new Trip(connection, watch);
        Take(trip);
        trip.Add(query);
        if (next is { } further)
        {
            trip.Add(further);
        }

        List<T> rows;
        var texts = new List<string>();
        await using (var reader = await trip.Batch.ExecuteReaderAsync(ct))
        {
            rows = await Rows(reader, row, ct);
            if (await reader.NextResultAsync(ct))
            {
                texts = await Rows(reader, text => text.Text(0), ct);
            }
        }

        trip.Check();
        return (rows, texts);
    }

    private void Take(Trip trip, bool guarded = false)
    {
        foreach (var same in _waiting)
        {
            if (same.Count >= FewestTogether && same[0].Statement.Many is not null)
            {
                trip.AddMany(same, guarded);
                continue;
            }

            foreach (var change in same)
            {
                trip.Add(change, guarded);
            }
        }

        _waiting.Clear();
        _rows = 0;
    }

    private static async Task<List<T>> Rows<T>(NpgsqlDataReader reader, Func<StoredRow, T> row, CancellationToken ct)
    {
        var (rows, current) = (new List<T>(), new ReaderRow(reader));
        while (await reader.ReadAsync(ct))
        {
            rows.Add(row(current));
        }

        return rows;
    }

    /// <summary>Statements on their way.</summary>
    private sealed class Trip(NpgsqlConnection connection, StatementWatch? watch) : IAsyncDisposable
    {
        private readonly List<(Statement Statement, int Rows, NpgsqlBatchCommand Command)> _sent = [];

        public NpgsqlBatch Batch { get; } = new(connection);

        /// <param name="guarded">The server itself refuses where a row is not as it was read.</param>
        public void Add(Change change, bool guarded = false)
        {
            var command = Command(change.Statement, guarded ? change.Statement.Guarded : change.Statement.Sql, 1);
            for (var i = 0; i < change.Values.Length; i++)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = change.Values[i] ?? DBNull.Value, NpgsqlDbType = change.Statement.PostgresTypes[i] });
            }
        }

        /// <param name="changes">All of one statement.</param>
        /// <param name="guarded">The server itself refuses where one of the rows is not as it was read.</param>
        public void AddMany(IReadOnlyList<Change> changes, bool guarded)
        {
            var statement = changes[0].Statement;
            var command = Command(statement, (guarded ? statement.GuardedMany : statement.Many)!, changes.Count);
            for (var i = 0; i < statement.Types.Count; i++)
            {
                var values = ColumnArray.Of(statement.Types[i], changes.Select(change => change.Values[i]));
                command.Parameters.Add(new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | statement.PostgresTypes[i] });
            }
        }

        /// <exception cref="DbUpdateConcurrencyException">A row that had to be there was not, or not as it was read.</exception>
        public void Check()
        {
            if (_sent.Exists(one => one.Statement.One && one.Command.Rows != (ulong)one.Rows))
            {
                throw CameSecond();
            }
        }

        public static DbUpdateConcurrencyException CameSecond() => new("The row is not as it was read.");

        public ValueTask DisposeAsync() => Batch.DisposeAsync();

        /// <summary>Whoever watches sees the statement as it is for one row.</summary>
        private NpgsqlBatchCommand Command(Statement statement, string sql, int rows)
        {
            var command = new NpgsqlBatchCommand(sql);
            Batch.BatchCommands.Add(command);
            _sent.Add((statement, rows, command));
            if (watch?.Invoke(statement.Sql) is { } behind)
            {
                Batch.BatchCommands.Add(new NpgsqlBatchCommand(behind));
            }

            return command;
        }
    }
}
