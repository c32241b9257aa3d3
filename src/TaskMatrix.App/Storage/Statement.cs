using NpgsqlTypes;

namespace TaskMatrix.App.Storage;

/// <summary>A command of the write path, made once. Its parameters are called $1, $2, … on both databases.</summary>
/// <param name="sql">Text for the database it was made for.</param>
/// <param name="types">What is bound to each parameter, as the database's driver takes it.</param>
/// <param name="one">It must change exactly one row; none means that somebody else came first.</param>
internal sealed class Statement(string sql, IReadOnlyList<Type> types, bool one = false)
{
    public string Sql { get; } = sql;

    public IReadOnlyList<Type> Types { get; } = types;

    public bool One { get; } = one;

    /// <summary>For PostgreSQL: the same for any number of rows, with an array for each parameter; null when there is no such text.</summary>
    public string? Many { get; init; }

    /// <summary>For PostgreSQL: fails there (22012) where the statement must change a row and does not. An insert fails by itself.</summary>
    public string Guarded { get; } = one && !IsInsert(sql) ? $"WITH changed AS ({sql} RETURNING 1) SELECT 1 / count(*) FROM changed" : sql;

    /// <summary><see cref="Many"/>, which fails in the same way where it changes fewer rows than it was given.</summary>
    public string? GuardedMany => One && Many is { } many && !IsInsert(many)
        ? $"WITH changed AS ({many} RETURNING 1) SELECT 1 / (count(*) = cardinality($1))::int FROM changed"
        : Many;

    /// <summary>Named, so that a null is prepared for the same plan as a value.</summary>
    public IReadOnlyList<NpgsqlDbType> PostgresTypes { get; } = [.. types.Select(PostgresType)];

    public Change With(params object?[] values) => new(this, values);

    private static bool IsInsert(string sql) => sql.StartsWith("INSERT", StringComparison.Ordinal);

    private static NpgsqlDbType PostgresType(Type type) => type switch
    {
        _ when type == typeof(string) => NpgsqlDbType.Text,
        _ when type == typeof(long) => NpgsqlDbType.Bigint,
        _ when type == typeof(int) => NpgsqlDbType.Integer,
        _ when type == typeof(bool) => NpgsqlDbType.Boolean,
        _ when type == typeof(Guid) => NpgsqlDbType.Uuid,
        _ when type == typeof(double) => NpgsqlDbType.Double,
        _ when type == typeof(byte[]) => NpgsqlDbType.Bytea,
        _ when type == typeof(string[]) => NpgsqlDbType.Array | NpgsqlDbType.Text,
        _ when type == typeof(Guid[]) => NpgsqlDbType.Array | NpgsqlDbType.Uuid,
        _ => throw new NotSupportedException($"{type} as a parameter"),
    };
}

/// <summary>A statement with what is bound to it.</summary>
internal readonly record struct Change(Statement Statement, object?[] Values);

/// <summary>Runs statements on the connection of a command, prepared.</summary>
internal abstract class Statements
{
    private (Change Query, List<string> Texts)? _kept;

    public abstract Task<List<T>> Read<T>(Change query, Func<StoredRow, T> row, CancellationToken ct);

    /// <summary>Texts of the first column, read once in this transaction: whoever asks a second time is told the same.</summary>
    public virtual async Task<List<string>> Texts(Change query, CancellationToken ct)
    {
        if (!IsKept(query))
        {
            Keep(query, await Read(query, row => row.Text(0), ct));
        }

        return _kept!.Value.Texts;
    }

    /// <summary>Reads, and in the same trip what is sure to be asked for next, to be had with <see cref="Texts"/>; where there is no trip it is left.</summary>
    /// <param name="next">Gives texts in its first column.</param>
    public virtual Task<List<T>> ReadAnd<T>(Change query, Func<StoredRow, T> row, Change next, CancellationToken ct) => Read(query, row, ct);

    /// <summary>To be called where a transaction begins, and by whoever changes what may have been read.</summary>
    public void Forget() => _kept = null;

    protected bool IsKept(Change query) => _kept?.Query == query;

    protected void Keep(Change query, List<string> texts) => _kept = (query, texts);

    /// <summary>Sends what was written and still waits; where nothing waits there is nothing to do.</summary>
    public virtual Task Flush(CancellationToken ct) => Task.CompletedTask;

    /// <summary>
    /// After what was written before, at the latest before the next question or the commit. No two changes of one call may
    /// concern the same row: those of one statement may be done together.
    /// </summary>
    /// <exception cref="Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException">A row that had to be there was not, or not as it was read; thrown when it is sent.</exception>
    public abstract Task Write(IReadOnlyList<Change> changes, CancellationToken ct);
}
