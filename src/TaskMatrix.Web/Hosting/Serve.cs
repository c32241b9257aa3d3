using System.Net;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.Web.Hosting;

/// <summary>Serves pages and API until it is stopped.</summary>
internal static class Serve
{
    /// <returns>0 after a clean stop; 1 when it refused to start, 2 when the database does not answer, 3 when the data cannot be used; with the reason on the error stream.</returns>
    public static async Task<int> Run(ServeOptions options, CancellationToken ct)
    {
        if (options.Demo && !Loopback(options.Urls))
        {
            await Console.Error.WriteLineAsync("--demo has known passwords and listens on loopback only; give --urls http://127.0.0.1:PORT");
            return 1;
        }

        // From here on the command line hears a stop: it listens when this has begun to go on by itself.
        await Task.Yield();
        await using var app = WebHost.Build(options);
        try
        {
            RequireAlone(app, options);
            await Prepare(app, options, ct);
            await ServeUntilStopped(app, options, ct);
            return 0;
        }
        catch (Exception broken) when (ct.IsCancellationRequested)
        {
            // Whatever was under way was broken off, each part in words of its own.
            app.Logger.LogInformation(broken, "Stopped while it started");
            return 0;
        }
        catch (StoreRefusedException refused)
        {
            return StoreRefusal.Say(refused);
        }
        catch (Exception away) when (StoreFaults.IsAway(away) || StoreFaults.IsHeldUp(away))
        {
            return StoreRefusal.SayLater(away);
        }
        catch (DefinitionException broken)
        {
            await Console.Error.WriteLineAsync("The definitions cannot be used; nothing was changed:");
            await Console.Error.WriteLineAsync(broken.Message);
            return 1;
        }
    }

    /// <summary>However it ends, it is stopped: an app that is only disposed of goes on ticking, and its process never ends.</summary>
    private static async Task ServeUntilStopped(WebApplication app, ServeOptions options, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
            Announce(app, options);
            await InviteAdministrators(app, ct);
            await app.WaitForShutdownAsync(ct);
        }
        catch
        {
            await Stop(app);
            throw;
        }
    }

    /// <summary>What failed first is told, not what fails because of it.</summary>
    private static async Task Stop(WebApplication app)
    {
        try
        {
            await app.StopAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            app.Logger.LogError(e, "Not everything could be stopped in order");
        }
    }

    private static void RequireAlone(WebApplication app, ServeOptions options)
    {
        if (!app.Services.GetRequiredService<StoreLock>().TryTake())
        {
            throw new StoreRefusedException("store.in-use", options.Data);
        }
    }

    /// <summary>Schema, clock, definitions; for a demo also plans in force and accounts.</summary>
    internal static async Task Prepare(WebApplication app, ServeOptions options, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var startup = scope.ServiceProvider.GetRequiredService<Startup>();
        await startup.Migrate(ct);
        if (options.Exercise)
        {
            await SetClock(app, scope.ServiceProvider, options, ct);
        }

        await startup.Publish(ct);
        if (options.Demo)
        {
            var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
            var activated = await mediator.Send(new ActivateSeeds.Command(), ct);
            scope.ServiceProvider.GetRequiredService<DemoMode>().PasswordHash = DemoAccounts.PasswordHash;
            await mediator.Send(new AddDemoAccounts.Command(DemoAccounts.PasswordHash), ct);
            GiveBack(activated);
        }
    }

    /// <summary>Putting whole plans in force takes memory that serving them does not.</summary>
    private static void GiveBack(int activated)
    {
        if (activated > 0)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        }
    }

    /// <summary>Stored before anything is issued by it: a folder left at any moment goes on where it stood.</summary>
    private static async Task SetClock(WebApplication app, IServiceProvider services, ServeOptions options, CancellationToken ct)
    {
        var clock = services.GetRequiredService<DomainClock>();
        if (await services.GetRequiredService<Startup>().SetClock(options.Clock, ct) && options.Clock is not null)
        {
            app.Logger.LogInformation("--clock is ignored: the exercise goes on at {Now:O}, where it stood", clock.Now);
        }

        await services.GetRequiredService<IMediator>().Send(new StoreClock.Command(clock.Now), ct);
    }

    /// <summary>Where nobody could sign in, prints the link that makes the first administrators.</summary>
    private static async Task InviteAdministrators(WebApplication app, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<Organisations.FirstStart>().Begin(ct) is { } secret)
        {
            Console.WriteLine($"还没有账号。请在24小时内打开本链接建立第一批管理员（经代理访问时，把地址换成大家使用的域名）：{app.Urls.First()}/setup?key={secret}");
            Console.WriteLine("There is no account yet. Make the first administrators by this link within 24 hours; behind a proxy, with the address that people use.");
        }
    }

    private static bool Loopback(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries).All(url =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))));

    private static void Announce(WebApplication app, ServeOptions options)
    {
        foreach (var url in app.Urls)
        {
            Console.WriteLine($"TaskMatrix listens on {url}{(options.Exercise ? "  (演练 exercise)" : "")}");
        }

        if (options.Demo)
        {
            Console.WriteLine(DemoAccounts.Announcement);
        }
    }
}
