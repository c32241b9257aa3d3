using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace TaskMatrix.App.Storage;

/// <summary>Sends what waits in <see cref="Statements"/> before EF asks or writes anything on the same connection.</summary>
internal sealed class SendFirst : DbCommandInterceptor
{
    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData data, InterceptionResult<DbDataReader> result, CancellationToken ct = default)
    {
        await Send(data, ct);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData data, InterceptionResult<int> result, CancellationToken ct = default)
    {
        await Send(data, ct);
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData data, InterceptionResult<object> result, CancellationToken ct = default)
    {
        await Send(data, ct);
        return result;
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData data, InterceptionResult<DbDataReader> result) =>
        throw new NotSupportedException("Commands ask asynchronously.");

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData data, InterceptionResult<int> result) =>
        throw new NotSupportedException("Commands ask asynchronously.");

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData data, InterceptionResult<object> result) =>
        throw new NotSupportedException("Commands ask asynchronously.");

    private static Task Send(CommandEventData data, CancellationToken ct) => (data.Context as StoreContext)?.Statements?.Flush(ct) ?? Task.CompletedTask;
}
