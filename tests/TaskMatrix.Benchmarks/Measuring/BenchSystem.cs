using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Benchmarks.Measuring;

/// <summary>The whole application without a web server, with both plans in force and a clock that is set.</summary>
internal sealed class BenchSystem : IAsyncDisposable
{
    public static readonly DateTimeOffset Morning = new(2020, 1, 23, 9, 0, 0, TimeSpan.FromHours(8));

    private readonly ServiceProvider _services;

    private BenchSystem(AppOptions options, SetClock clock, Action<IServiceCollection>? adjust)
    {
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.None)).AddSingleton<TimeProvider>(clock);
        services.AddTaskMatrix(options);
        adjust?.Invoke(services);
        (Options, Clock, _services) = (options, clock, services.BuildServiceProvider());
    }

    public AppOptions Options { get; }

    public SetClock Clock { get; }

    public IServiceProvider Services => _services;

    /// <param name="postgres">Connection string; null for a file in the folder.</param>
    /// <param name="activate">Puts both seed plans in force.</param>
    public static async Task<BenchSystem> Start(string folder, string? postgres = null, bool activate = true, DateTimeOffset? at = null, Action<IServiceCollection>? adjust = null)
    {
        var system = new BenchSystem(
            new AppOptions { DataFolder = folder, ContentFolder = AppContext.BaseDirectory, Postgres = postgres }, new SetClock { Now = at ?? Morning }, adjust);
        await using var scope = system._services.CreateAsyncScope();
        var startup = scope.ServiceProvider.GetRequiredService<Startup>();
        await startup.Migrate(CancellationToken.None);
        await startup.Publish(CancellationToken.None);
        if (activate)
        {
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ActivateSeeds.Command());
        }

        return system;
    }

    public async Task<T> Send<T>(IRequest<T> request, Actor actor)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = actor;
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    public async Task<T> Read<T>(Func<StoreContext, Task<T>> read)
    {
        await using var db = _services.GetRequiredService<IReadContexts>().Create();
        return await read(db);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>A clock that stands where it was put.</summary>
internal sealed class SetClock : TimeProvider
{
    private long _ticks;

    public DateTimeOffset Now
    {
        get => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _ticks, value.UtcTicks);
    }

    /// <summary>To be called with each task that somebody takes up: nobody does more than one a minute, so nobody's messages are gathered by the hundred.</summary>
    public void NextMinute() => Interlocked.Add(ref _ticks, TimeSpan.TicksPerMinute);

    public override DateTimeOffset GetUtcNow() => Now;
}
