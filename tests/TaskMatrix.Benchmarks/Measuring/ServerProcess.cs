using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TaskMatrix.Benchmarks.Measuring;

/// <summary>A server in a process of its own, as an installation runs it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Bytes of memory in use.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The application with the demo in force, on a folder that may have been used before.</summary>
    public static Task<ServerProcess> TaskMatrix(string folder, CancellationToken ct) =>
        Start("TaskMatrix.Web.dll", address => ["--demo", "--exercise", "--clock", BenchSystem.Morning.ToString("O", CultureInfo.InvariantCulture), "--data", folder, "--urls", address], ct);

    /// <summary>The least that commits a row for a request.</summary>
    public static Task<ServerProcess> Empty(string folder, CancellationToken ct) =>
        Start("TaskMatrix.Benchmarks.dll", address => ["empty-server", "--data", folder, "--urls", address], ct);

    /// <summary>Ends it cleanly, as a service manager would.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var stop = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    /// <summary>Returns when the first page has been answered.</summary>
    private static async Task<ServerProcess> Start(string program, Func<string, string[]> arguments, CancellationToken ct)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments(address)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ServerProcess(process, new Uri(address));
        using var http = new HttpClient { BaseAddress = server.Address };
        while (!await server.Answers(http, ct))
        {
            await Task.Delay(10, ct);
        }

        return server;
    }

    private async Task<bool> Answers(HttpClient http, CancellationToken ct)
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"The server stopped with {_process.ExitCode}.");
        }

        try
        {
            using var response = await http.GetAsync("/", ct);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
