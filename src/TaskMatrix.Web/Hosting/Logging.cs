using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace TaskMatrix.Web.Hosting;

internal static class Logging
{
    /// <summary>One escaped line an event on the console; levels come from the configuration section Serilog.</summary>
    public static IServiceCollection AddSerilogFor(this IServiceCollection services, IConfiguration configuration)
    {
        var configured = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            // Every page is kept out of caches anyway; antiforgery says with each that it sees to it too.
            .MinimumLevel.Override("Microsoft.AspNetCore.Antiforgery", LogEventLevel.Error);

        // To read it, all libraries are looked through for sinks.
        if (configuration.GetSection("Serilog").Exists())
        {
            configured.ReadFrom.Configuration(configuration);
        }

        var logger = configured.WriteTo.Console(new JsonFormatter(renderMessage: true)).CreateLogger();
        return services.AddLogging(logging => logging.AddSerilog(logger, dispose: true));
    }
}
