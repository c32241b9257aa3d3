using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>
/// The real application on Kestrel, in an exercise that stands at 9:00 of 23 January 2020 with both plans in force. Every
/// server starts on a copy of one prepared folder, in which every account has a token: no password is hashed.
/// </summary>
internal sealed class RunningApi : IAsyncDisposable
{
    public static readonly DateTimeOffset Morning = new(2020, 1, 23, 9, 0, 0, TimeSpan.FromHours(8));

    private static readonly DateTimeOffset WallStart = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<Task<string>> Prepared = new(Prepare);
    private static readonly Lazy<Task<RunningApi>> One = new(() => Start());
    private static readonly ConcurrentBag<string> Folders = [];

    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly Faults _faults;

    static RunningApi() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var folder in Folders.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    };

    private RunningApi(WebApplication app, string folder, ManualClock wall, Faults faults)
    {
        (_app, Folder, Wall, _faults) = (app, folder, wall, faults);
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false, AllowAutoRedirect = false,
            // A refusal comes before the body is sent, however busy the machine.
            Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
        }) { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromMinutes(5) };
    }

    public ManualClock Wall { get; }

    public string Folder { get; }

    public Uri Address => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    /// <summary>Faults of the server itself, answered as 500.</summary>
    public IReadOnlyCollection<string> ServerFaults => _faults.Seen;

    /// <summary>One server for the tests that read, or change only tasks they made themselves.</summary>
    public static Task<RunningApi> Shared => One.Value;

    /// <summary>A server of its own, for a test that moves the clock or changes what others read.</summary>
    /// <param name="heartbeat">Whether the sweep ticks; otherwise nothing happens by itself.</param>
    public static async Task<RunningApi> Start(bool exercise = true, bool heartbeat = false)
    {
        var folder = NewFolder();
        File.Copy(Path.Combine(await Prepared.Value, "exercise.db"), Path.Combine(folder, exercise ? "exercise.db" : "taskmatrix.db"));
        return await On(folder, exercise, heartbeat);
    }

    /// <summary>A server on a folder that has been used before.</summary>
    public static async Task<RunningApi> On(string folder, bool exercise = true, bool heartbeat = false)
    {
        var (wall, faults) = (new ManualClock(WallStart), new Faults());
        var app = Build(Options(folder, exercise), wall, faults, heartbeat);
        if (exercise)
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<Startup>().SetClock(null, CancellationToken.None);
        }

        await app.StartAsync();
        return new RunningApi(app, folder, wall, faults);
    }

    /// <summary>A signed-in user: <c>taiping.office</c>, <c>lanxi.finance.head</c>.</summary>
    public Caller As(string userName) => new(_http, TokenOf(userName));

    public Caller Anonymous => new(_http, null);

    public Caller WithToken(string token) => new(_http, token);

    /// <summary>Reads the database beside the API.</summary>
    public async Task<T> Read<T>(Func<StoreContext, Task<T>> read)
    {
        await using var db = Services.GetRequiredService<IReadContexts>().Create();
        return await read(db);
    }

    /// <summary>Every chain's sequence and hash: the same before and after means that nothing was recorded.</summary>
    public Task<string> Heads() => Read(async db => string.Join(
        '\n', (await db.ChainHeads.OrderBy(head => head.Jurisdiction).ThenBy(head => head.Unit).ToListAsync())
            .Select(head => $"{head.Jurisdiction}/{head.Unit} {head.Sequence} {head.Hash}")));

    /// <summary>Stops as on Ctrl-C; the folder stays.</summary>
    public async Task Stop()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(Folder, recursive: true);
    }

    public static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("taskmatrix-web-").FullName;
        Folders.Add(folder);
        return folder;
    }

    private static async Task<string> Prepare()
    {
        var folder = NewFolder();
        var options = Options(folder, exercise: true);
        var wall = new ManualClock(WallStart);
        await using (var app = Build(options, wall, new Faults(), heartbeat: false))
        {
            await Serve.Prepare(app, options, CancellationToken.None);
            await app.Services.GetRequiredService<IWriteGate>().Run((db, ct) => AddTokens(db, wall, ct), CancellationToken.None);
        }

        SqliteConnection.ClearAllPools();
        return folder;
    }

    private static async Task<int> AddTokens(StoreContext db, ManualClock wall, CancellationToken ct)
    {
        foreach (var account in await db.Accounts.ToListAsync(ct))
        {
            db.AccessTokens.Add(new AccessToken
            {
                Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TokenOf(account.UserName)))),
                UserName = account.UserName, SecurityStamp = account.SecurityStamp, ExpiresAt = wall.Now.AddDays(30),
            });
        }

        return await db.SaveChangesAsync(ct);
    }

    private static string TokenOf(string userName) => "token-of-" + userName;

    private static ServeOptions Options(string folder, bool exercise) => new(Demo: true, exercise, Morning, folder, "http://127.0.0.1:0");

    private static WebApplication Build(ServeOptions options, ManualClock wall, Faults faults, bool heartbeat) => WebHost.Build(options, builder =>
    {
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(wall));
        builder.Logging.ClearProviders().AddProvider(faults);
        foreach (var ticking in builder.Services.Where(service => !heartbeat && Ticks(service)).ToList())
        {
            builder.Services.Remove(ticking);
        }
    });

    private static bool Ticks(ServiceDescriptor service) => service.ServiceType == typeof(IHostedService)
        && (service.ImplementationType == typeof(SweepWatchdog) || service.ImplementationType == typeof(DeliveryService) || service.ImplementationType?.Namespace?.StartsWith("Quartz", StringComparison.Ordinal) == true);

    /// <summary>Keeps what the server logs as an error.</summary>
    private sealed class Faults : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Seen { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Seen.Enqueue($"{formatter(state, exception)}\n{exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}
