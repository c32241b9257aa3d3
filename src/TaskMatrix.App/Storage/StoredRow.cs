using System.Data.Common;

namespace TaskMatrix.App.Storage;

/// <summary>A row as a prepared statement gives it, its columns by their places from 0. What is null is asked for first.</summary>
internal abstract class StoredRow
{
    public abstract bool IsNull(int place);

    public abstract string Text(int place);

    public abstract long Number(int place);

    public abstract bool Flag(int place);

    public abstract Guid Id(int place);
}

/// <summary>By way of a driver.</summary>
internal sealed class ReaderRow(DbDataReader reader) : StoredRow
{
    public override bool IsNull(int place) => reader.IsDBNull(place);

    public override string Text(int place) => reader.GetString(place);

    public override long Number(int place) => reader.GetInt64(place);

    public override bool Flag(int place) => reader.GetBoolean(place);

    public override Guid Id(int place) => reader.GetGuid(place);
}
