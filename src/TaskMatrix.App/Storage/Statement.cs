using System.Data.Common;
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

    /// <summary>Named, so that a null is prepared for the same plan as a value.</summary>
    public IReadOnlyList<NpgsqlDbType> PostgresTypes { get; } = [.. types.Select(PostgresType)];

    public Change With(params object?[] values) => new(this, values);

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

/// <summary>Runs statements on the connection of a command, prepared and seen by the same interceptors as EF's.</summary>
internal abstract class Statements
{
    public abstract Task<List<T>> Read<T>(Change query, Func<DbDataReader, T> row, CancellationToken ct);

    /// <exception cref="Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException">A row that had to be there was not, or not as it was read.</exception>
    public abstract Task Write(IReadOnlyList<Change> changes, CancellationToken ct);
}
