namespace TaskMatrix.App.Storage;

/// <summary>The values of one column of many rows as the array that PostgreSQL's driver takes.</summary>
internal static class ColumnArray
{
    /// <param name="type">What each value is where it is not null.</param>
    public static Array Of(Type type, IEnumerable<object?> values) => type switch
    {
        _ when type == typeof(string) => values.Cast<string?>().ToArray(),
        _ when type == typeof(long) => values.Cast<long?>().ToArray(),
        _ when type == typeof(int) => values.Cast<int?>().ToArray(),
        _ when type == typeof(bool) => values.Cast<bool?>().ToArray(),
        _ when type == typeof(Guid) => values.Cast<Guid?>().ToArray(),
        _ when type == typeof(double) => values.Cast<double?>().ToArray(),
        _ when type == typeof(byte[]) => values.Cast<byte[]?>().ToArray(),
        _ => throw new NotSupportedException($"{type} as an array"),
    };
}
