using TaskMatrix.App.Storage;
using TaskMatrix.Web.Notifications;
using TaskMatrix.Web.Organisations;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Hosting;

/// <summary>The composition root: what the web server is made of and in which order a request passes through it.</summary>
internal static class WebHost
{
    public static WebApplication Build(ServeOptions options, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel => (kestrel.AddServerHeader, kestrel.Limits.MaxRequestBodySize) = (false, 25 * 1024 * 1024));
        AddLogging(builder);
        AddServices(builder.Services, builder.Configuration, options);
        adjust?.Invoke(builder);
        var app = builder.Build();
        Map(app, options);
        return app;
    }

    private static void AddLogging(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSerilogFor(builder.Configuration);
    }

    private static void AddServices(IServiceCollection services, IConfiguration configuration, ServeOptions options)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = CommandLine.WorkTimeout);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(CostlyLimits.Default);
        var app = new AppOptions
        {
            DataFolder = options.Data, ContentFolder = AppContext.BaseDirectory, Exercise = options.Exercise,
            Postgres = configuration.GetConnectionString("TaskMatrix"), PostgresOwner = configuration.GetConnectionString("TaskMatrixOwner"),
            Notifications = NotificationServices.Read(configuration),
        };
        services.AddTaskMatrix(app);
        services.AddHeartbeat(app);
        services.AddJson();
        services.AddProblems();
        services.AddSignIn(options);
        services.AddOpenApiDocument();
        services.AddHealth();
        services.AddFigures();
        services.AddNotifications();
        services.AddPages();
    }

    private static void Map(WebApplication app, ServeOptions options)
    {
        app.UseSecureTransport(options);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<PackedAssets>();
        app.UseStaticFiles();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<CurrentUserMiddleware>();
        app.UseAuthorization();
        app.UseMiddleware<IdempotencyMiddleware>();
        app.UseMiddleware<PageMiddleware>();
        app.UseMiddleware<QueryCheck>();
        app.UseMiddleware<CostlyTurns>();
        var routes = new RoutesAhead(app);
        routes.MapApi();
        routes.MapPages();
        routes.Make();
    }
}
