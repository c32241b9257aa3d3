using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TaskMatrix.Benchmarks.Load;

/// <summary>A server that does nothing but commit one durable row for each request: what HTTP and the disk alone cost.</summary>
internal static class EmptyServer
{
    public static Command Command()
    {
        var data = new Option<string>("--data") { Required = true };
        var urls = new Option<string>("--urls") { Required = true };
        var command = new Command("empty-server", "Serves an endpoint that commits one row (used by http-acknowledge)") { data, urls };
        command.SetAction((parsed, ct) => Run(parsed.GetValue(data)!, parsed.GetValue(urls)!, ct));
        return command;
    }

    private static async Task Run(string folder, string urls, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(urls);
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        using var raw = new Measuring.RawSqlite(folder);
        app.MapGet("/", () => "");
        app.MapPost("/", () =>
        {
            lock (raw)
            {
                raw.Commit();
            }

            return "";
        });
        await app.StartAsync(ct);
        await app.WaitForShutdownAsync(ct);
    }
}
