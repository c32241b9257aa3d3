using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>
/// Counts every statement that is sent, EF's and the prepared ones, and lets the lights go out behind one of them: by a
/// statement that fails in the database itself, in the very batch or text that the others travel in.
/// </summary>
internal sealed class Lights : DbCommandInterceptor
{
    private const string Out = "SELECT the_lights_went_out()";

    private int _statement, _failAt;

    /// <summary>Statements since <see cref="GoOutAfter"/>.</summary>
    public int Seen => _statement;

    public void Register(IServiceCollection services) => services.AddSingleton<IInterceptor>(this).AddSingleton<StatementWatch>(_ => Next() ? Out : null);

    /// <param name="statement">1-based; 0 lets everything through.</param>
    public void GoOutAfter(int statement) => (_statement, _failAt) = (0, statement);

    /// <summary>What a command says of itself when it was broken off.</summary>
    public static bool WentOut(Exception failure) => failure.ToString().Contains("the_lights_went_out", StringComparison.Ordinal);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData data, InterceptionResult<DbDataReader> result, CancellationToken ct = default)
    {
        Break(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData data, InterceptionResult<int> result, CancellationToken ct = default)
    {
        Break(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData data, InterceptionResult<object> result, CancellationToken ct = default)
    {
        Break(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData data, DbDataReader result, CancellationToken ct = default)
    {
        ThrowAfter();
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData data, int result, CancellationToken ct = default)
    {
        ThrowAfter();
        return ValueTask.FromResult(result);
    }

    public override ValueTask<object?> ScalarExecutedAsync(DbCommand command, CommandExecutedEventData data, object? result, CancellationToken ct = default)
    {
        ThrowAfter();
        return ValueTask.FromResult(result);
    }

    private bool _throws;

    private bool Next() => ++_statement == _failAt;

    /// <summary>EF puts several statements into one text; behind the last one the fault is this side's.</summary>
    private void Break(DbCommand command)
    {
        var statements = command.CommandText.TrimEnd(';', '\n', ' ').Split(";\n");
        for (var i = 0; i < statements.Length; i++)
        {
            if (Next())
            {
                _throws = i == statements.Length - 1;
                command.CommandText = _throws ? command.CommandText : string.Join(";\n", [.. statements[..(i + 1)], Out, .. statements[(i + 1)..]]);
            }
        }
    }

    private void ThrowAfter()
    {
        if (_throws)
        {
            _throws = false;
            throw new InvalidOperationException("the_lights_went_out");
        }
    }
}
