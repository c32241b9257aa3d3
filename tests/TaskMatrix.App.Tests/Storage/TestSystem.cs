using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Tests.Notifications;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>A whole application on a database of its own, with a clock the test moves. Nothing ticks by itself.</summary>
public sealed class TestSystem : IAsyncDisposable
{
    /// <summary>Wall clock of the seeded systems: the third day of 太平区's plan, the day after 兰溪镇's mobilisation.</summary>
    public static readonly DateTimeOffset Morning = new(2020, 1, 23, 9, 0, 0, TimeSpan.FromHours(8));

    private readonly ServiceProvider _services;

    private TestSystem(AppOptions options, ManualClock clock, Action<IServiceCollection>? besides = null)
    {
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.None)).AddSingleton<TimeProvider>(clock);
        services.AddTaskMatrix(options).AddSingleton<IMessageWords, PlainWords>().AddSingleton<ISecretKeeper, PlainSecrets>();
        besides?.Invoke(services);
        (Options, Clock, _services) = (options, clock, services.BuildServiceProvider(validateScopes: true));
    }

    public ManualClock Clock { get; }

    public AppOptions Options { get; }

    public IServiceProvider Services => _services;

    /// <param name="database">SQLite when null.</param>
    public static async Task<TestSystem> Start(
        ITestDatabase? database = null, bool exercise = false, bool activate = true, DateTimeOffset? at = null, Action<IServiceCollection>? besides = null)
    {
        var prepared = new Prepared(activate, exercise, at ?? Morning);
        var folder = Directory.CreateTempSubdirectory("taskmatrix-").FullName;
        var connection = await (database ?? new SqliteDatabase()).Copy(prepared, folder);
        var system = new TestSystem(OptionsOf(prepared, connection, folder), new ManualClock(prepared.At), besides);
        await system.SetClock();
        return system;
    }

    /// <summary>A process of an installation that exists, with a clock of its own.</summary>
    /// <param name="prepare">Migrates and publishes first, as the first start does.</param>
    public static async Task<TestSystem> Attach(AppOptions options, DateTimeOffset at, bool prepare = false, Action<IServiceCollection>? besides = null)
    {
        var system = new TestSystem(options, new ManualClock(at), besides);
        if (prepare)
        {
            await system.Prepare(activate: true);
        }

        await system.SetClock();
        return system;
    }

    /// <summary>Brings an empty database to where tests begin.</summary>
    internal static async Task Prepare(Prepared prepared, string? connection, string folder)
    {
        var system = new TestSystem(OptionsOf(prepared, connection, folder), new ManualClock(prepared.At));
        await system.Prepare(prepared.Activated);
        await system.Stop();
    }

    /// <summary>Another process of the same installation, with the same clock; where only one may write, this same one.</summary>
    public async Task<TestSystem> AnotherNode()
    {
        if (Options.Postgres is null)
        {
            return this;
        }

        var other = new TestSystem(Options, Clock);
        await other.SetClock();
        return other;
    }

    /// <summary>The process ends and starts again on the same data.</summary>
    public async Task<TestSystem> Restart(Action<IServiceCollection>? besides = null)
    {
        await Stop();
        var again = new TestSystem(Options, Clock, besides);
        await again.Prepare(activate: false);
        return again;
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

    public Task<TaskInstance> TaskOf(Guid id) => Read(db => db.Tasks.SingleAsync(task => task.Id == id));

    /// <summary>Changes rows behind the application's back.</summary>
    public Task<int> Tamper(FormattableString sql) =>
        _services.GetRequiredService<IWriteGate>().Run((db, ct) => db.Database.ExecuteSqlAsync(sql, ct), CancellationToken.None);

    public Task<DueWork> RunDue() => _services.GetRequiredService<Sweeper>().RunDue(CancellationToken.None);

    /// <summary>All that the heartbeat does.</summary>
    public Task Beat() => _services.GetRequiredService<Sweeper>().Beat(CancellationToken.None);

    /// <summary>Time passes with nothing running.</summary>
    public void Pass(TimeSpan time) => Clock.Now += time;

    /// <summary>Ends the process cleanly; its data stays.</summary>
    public ValueTask Stop() => _services.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await Stop();
        if (Directory.Exists(Options.DataFolder))
        {
            Directory.Delete(Options.DataFolder, recursive: true);
        }
    }

    private static AppOptions OptionsOf(Prepared prepared, string? connection, string folder) =>
        new() { DataFolder = folder, ContentFolder = AppContext.BaseDirectory, Exercise = prepared.Exercise, Postgres = connection };

    private async Task SetClock()
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Startup>().SetClock(Clock.Now, CancellationToken.None);
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
