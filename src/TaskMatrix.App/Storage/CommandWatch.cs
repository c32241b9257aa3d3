using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace TaskMatrix.App.Storage;

/// <summary>Shows prepared statements to the interceptors that see EF's commands; costs nothing where there are none.</summary>
internal sealed class CommandWatch(IEnumerable<IInterceptor> interceptors)
{
    private readonly IDbCommandInterceptor[] _interceptors = [.. interceptors.OfType<IDbCommandInterceptor>()];

    public bool IsWatched => _interceptors.Length > 0;

    /// <summary>To be called after the command has run; an interceptor that throws undoes the work like a fault of the database.</summary>
    public async ValueTask Ran(DbCommand command, CancellationToken ct)
    {
        foreach (var interceptor in _interceptors)
        {
            await interceptor.NonQueryExecutedAsync(command, Data(command), 0, ct);
        }
    }

    private static CommandExecutedEventData Data(DbCommand command) => new(
        null!, (_, _) => command.CommandText, command.Connection!, command, command.CommandText, null, DbCommandMethod.ExecuteNonQuery, Guid.Empty, Guid.Empty, 0,
        true, false, DateTimeOffset.UnixEpoch, TimeSpan.Zero, CommandSource.SaveChanges);
}
