using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace TaskMatrix.App.Tests.Audit;

/// <summary>Holds the first reader that has read the ends of the chains, in the midst of its snapshot, until it is let go.</summary>
internal sealed class HeldReader : DbCommandInterceptor
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _armed;

    public Task Reached => _reached.Task;

    public void Arm() => Volatile.Write(ref _armed, 1);

    public void LetGo() => _letGo.TrySetResult();

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.Contains("chain_heads", StringComparison.Ordinal) && Interlocked.Exchange(ref _armed, 0) == 1)
        {
            _reached.SetResult();
            await _letGo.Task;
        }

        return result;
    }
}
