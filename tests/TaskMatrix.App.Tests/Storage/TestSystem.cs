using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>A whole application on a database of its own, with a clock the test moves. Nothing ticks by itself.</summary>
public sealed class TestSystem : IAsyncDisposable
{
    public static readonly DateTimeOffset Morning = new(2020, 1, 23, 9, 0, 0, TimeSpan.FromHours(8));

    private readonly ServiceProvider _services;
    private readonly string _folder;

    private TestSystem(ServiceProvider services, string folder, ManualClock clock) => (_services, _folder, Clock) = (services, folder, clock);

    public ManualClock Clock { get; }

    public string DataFolder => _folder;

    public IServiceProvider Services => _services;

    /// <param name="postgres">Connection string; null for SQLite.</param>
    public static async Task<TestSystem> Start(string? postgres = null, bool exercise = false, bool activate = true, DateTimeOffset? at = null, string? folder = null)
    {
        folder ??= Directory.CreateTempSubdirectory("taskmatrix-").FullName;
        var clock = new ManualClock(at ?? Morning);
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning)).AddSingleton<TimeProvider>(clock);
        services.AddTaskMatrix(new AppOptions { DataFolder = folder, ContentFolder = AppContext.BaseDirectory, Exercise = exercise, Postgres = postgres });
        var system = new TestSystem(services.BuildServiceProvider(validateScopes: true), folder, clock);
        await system.Prepare(activate);
        return system;
    }

    /// <summary>Sends as somebody; null as the scheduler of 太平区.</summary>
    public async Task<T> Send<T>(IRequest<T> request, Actor? actor = null)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = actor ?? Actor.Scheduler("taiping");
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    public async Task<T> Read<T>(Func<StoreContext, Task<T>> read)
    {
        await using var db = _services.GetRequiredService<IReadContexts>().Create();
        return await read(db);
    }

    public Task<DueWork> RunDue() => _services.GetRequiredService<Sweeper>().RunDue(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Prepare(bool activate)
    {
        await using var scope = _services.CreateAsyncScope();
        var startup = scope.ServiceProvider.GetRequiredService<Startup>();
        await startup.Migrate(CancellationToken.None);
        await startup.SetClock(Clock.Now, CancellationToken.None);
        await startup.Publish(CancellationToken.None);
        if (activate)
        {
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ActivateSeeds.Command());
        }
    }
}

/// <summary>The people of the tests.</summary>
public static class People
{
    public static readonly Actor Office = Of("office", Actor.OfficeUnit, Role.Office), Leader = Of("leader", "leading-group", Role.Leader),
        Inspector = Of("inspector", "leading-group", Role.Inspector);

    public static Actor Liaison(string unit, string jurisdiction = "taiping") => Of(unit, unit, Role.Liaison) with { Jurisdiction = jurisdiction };

    public static Actor Head(string unit, string jurisdiction = "taiping") => Of(unit + ".head", unit, Role.Head) with { Jurisdiction = jurisdiction };

    private static Actor Of(string name, string unit, Role role) => new($"taiping.{name}", name, name, "taiping", unit, [role]);
}
