using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace TaskMatrix.App.Storage;

/// <summary>By way of the driver, row after row as they come.</summary>
internal sealed class ReaderRowBytes(DbCommand command, DbDataReader row) : RowBytes
{
    public static async Task<RowBytes> Ask(StoreContext db, string sql, IReadOnlyList<string> values, CancellationToken ct)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.CommandTimeout, command.Transaction) = (sql, 0, db.Database.CurrentTransaction?.GetDbTransaction());
        foreach (var value in values)
        {
            var parameter = command.CreateParameter();
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return new ReaderRowBytes(command, await command.ExecuteReaderAsync(ct));
    }

    public override ValueTask<bool> Next(CancellationToken ct) => new(row.ReadAsync(ct));

    public override bool IsNull(int column) => row.IsDBNull(column);

    public override long Number(int column) => Convert.ToInt64(row.GetValue(column), null);

    public override Guid Id(int column) => row.GetGuid(column);

    public override ReadOnlySpan<byte> Text(int column) => row.IsDBNull(column) ? [] : row.GetFieldValue<byte[]>(column);

    public override async ValueTask DisposeAsync()
    {
        await row.DisposeAsync();
        await command.DisposeAsync();
    }
}
