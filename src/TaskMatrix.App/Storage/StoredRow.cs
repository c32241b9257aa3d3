using System.Data.Common;

namespace TaskMatrix.App.Storage;

/// <summary>A row as a statement gives it, its columns by their places from 0, good until the next one. What may be null is asked first.</summary>
internal abstract class StoredRow
{
    public abstract bool IsNull(int place);

    public abstract string Text(int place);

    /// <summary>Of a text: UTF-8, empty for null, where it lies. No text is made of what is only compared or hashed.</summary>
    public abstract ReadOnlySpan<byte> Bytes(int place);

    public abstract long Number(int place);

    public abstract bool Flag(int place);

    public abstract Guid Id(int place);
}

/// <summary>By way of a driver.</summary>
internal sealed class ReaderRow(DbDataReader reader) : StoredRow
{
    public override bool IsNull(int place) => reader.IsDBNull(place);

    public override string Text(int place) => reader.GetString(place);

    public override ReadOnlySpan<byte> Bytes(int place) => reader.IsDBNull(place) ? [] : reader.GetFieldValue<byte[]>(place);

    public override long Number(int place) => reader.GetInt64(place);

    public override bool Flag(int place) => reader.GetBoolean(place);

    public override Guid Id(int place) => reader.GetGuid(place);
}
