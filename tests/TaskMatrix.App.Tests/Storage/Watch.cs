using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>Sees every command of EF's on its way to the database.</summary>
/// <param name="seen">May throw; called after the command has run.</param>
internal sealed class Watch(Action<DbCommand> seen) : DbCommandInterceptor
{
    public static Action<IServiceCollection> With(Action<DbCommand> seen) => services => services.AddSingleton<IInterceptor>(new Watch(seen));

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData data, DbDataReader result, CancellationToken ct = default)
    {
        seen(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData data, int result, CancellationToken ct = default)
    {
        seen(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<object?> ScalarExecutedAsync(DbCommand command, CommandExecutedEventData data, object? result, CancellationToken ct = default)
    {
        seen(command);
        return ValueTask.FromResult(result);
    }
}
